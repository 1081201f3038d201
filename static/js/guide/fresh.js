/* A plan is of the moment at which its page was made: what is due changes with the day, the hour
   and every session. */

const LONGEST_MS = 30 * 60 * 1000; // how long an answer before "every session" holds, too
const RUNS = "sweetspot.run.";

/** Reload a plan that is no longer true when it is seen again; answers whether it is. */
export function keepFresh() {
  const [opened, day] = [Date.now(), new Date().toDateString()];
  let overtaken = false;
  addEventListener("storage", ({ key }) => (overtaken ||= Boolean(key?.startsWith(RUNS))));
  const isStale = () =>
    navigator.onLine && (overtaken || Date.now() - opened > LONGEST_MS || new Date().toDateString() !== day);
  document.addEventListener("visibilitychange", () => {
    const waits = document.visibilityState === "visible" && document.querySelector("sweet-guide").hidden;
    if (waits && isStale()) location.reload();
  });
  return isStale;
}
