/**
 * What stands between a browser and a notification, as the name of a sentence: "insecure" (no
 * https), "install" (an iPhone or iPad, where only an installed page may), "missing", "denied";
 * or null where the person can be asked.
 */
export function obstacle({ secure, worker, push, permission, apple, installed }) {
  if (!secure) return "insecure";
  if (apple && !installed) return "install";
  if (!worker || !push || permission === undefined) return "missing";
  return permission === "denied" ? "denied" : null;
}

/** Whether it is an iPhone or an iPad, which calls itself a Mac but has a touch screen. */
export function isApplePhone(agent, touchPoints) {
  return /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);
}
