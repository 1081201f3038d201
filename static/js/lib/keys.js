/* What a key does in the guide: a keyboard, a Bluetooth shutter or a presenter in the other hand. */

const EASE_OFF = new Set([
  "ArrowDown",
  "PageDown",
  "Enter",
  "AudioVolumeUp",
  "AudioVolumeDown",
  "VolumeUp",
  "VolumeDown",
  "Camera",
  "MediaPlayPause",
  "MediaPlay",
  "MediaPause",
  "MediaTrackNext",
]);
const PRESSES = new Set([" ", "Enter"]);

/**
 * What a keydown asks of the guide: easeOff, pause, resume, askStop, or null (not for the guide).
 *
 * `onControl`: the focus is on a button or a field, whose own space and Enter go first.
 * A key that is held down counts once; with Ctrl, Alt or Meta it is the browser's.
 */
export function actionFor({ key, repeat, ctrlKey, altKey, metaKey }, { status, onControl = false }) {
  if (repeat || ctrlKey || altKey || metaKey) return null;
  if (onControl && PRESSES.has(key)) return null;
  if (EASE_OFF.has(key)) return "easeOff";
  if (key === " ") return PAUSES[status] ?? null;
  return key === "Escape" && status !== "ended" ? "askStop" : null;
}

const PAUSES = { ready: "pause", running: "pause", shifting: "pause", changing: "pause", paused: "resume" };
