/* How each kind of cue sounds and feels; what the kinds are says cues.js. Levels are 0-4. */

const PATTERNS = {
  up: [120, 80, 120],
  down: [240],
  letGo: [400],
  same: [120],
  pause: [60],
  end: [240, 120, 240, 120, 400],
  soon: [],
};

/** Milliseconds of vibration, pause, vibration, …: two short for firmer, one long for softer. */
export const patternFor = ({ kind }) => PATTERNS[kind];

/* Hertz by level, firmer is lower; all of one pentatonic scale, and above what a phone's
   speaker swallows. */
const PITCH = [783.99, 659.26, 523.25, 440, 392];
const SOFT = 0.08;
const CLEAR = 0.22;

/** The notes of a cue: {at, hz, seconds, volume}, `at` in seconds from its moment. */
export function notesFor({ kind, level }) {
  const [here, above] = [PITCH[level], PITCH[Math.max(0, level - 1)]];
  const below = PITCH[Math.min(PITCH.length - 1, level + 1)];
  switch (kind) {
    case "soon":
      return [note(0, here, 0.07, SOFT)];
    case "up":
      return [note(0, above, 0.22), note(0.16, here, 0.45)];
    case "down":
      return [note(0, below, 0.22), note(0.16, here, 0.45)];
    case "letGo":
      return [note(0, PITCH[2], 0.2), note(0.14, PITCH[1], 0.2), note(0.28, PITCH[0], 0.7)];
    case "pause":
      return [note(0, PITCH[1], 0.18, SOFT)];
    case "end":
      return [note(0, PITCH[0], 0.3), note(0.22, PITCH[1], 0.3), note(0.44, PITCH[2], 1.1)];
    default:
      return [note(0, here, 0.4)];
  }
}

function note(at, hz, seconds, volume = CLEAR) {
  return { at, hz, seconds, volume };
}
