/* Vibration, where the phone has it (iPhones have none). */

export const canVibrate = () => typeof navigator.vibrate === "function";

/** Vibrate a pattern of milliseconds; false where it is missing or refused. */
export function vibrate(pattern) {
  // Before the first tap browsers refuse, and say so on the console.
  if (!canVibrate() || !pattern.length || navigator.userActivation?.hasBeenActive === false) return false;
  try {
    return navigator.vibrate(pattern);
  } catch {
    return false;
  }
}
