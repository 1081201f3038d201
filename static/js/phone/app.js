/* On every page: sends what waits here, registers the service worker, and lets a new one take over
   when that cuts nothing short: no guide in any tab, nothing typed here. */
import "../elements/sweet-outbox.js";

const GUIDE_LOCK = "guide"; // lib/saved-run.js; a module of its own would weigh more on every page
let typed = false;
addEventListener("input", () => (typed = true), { capture: true });

async function isBusy() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return typed || held.some(({ name }) => name === GUIDE_LOCK);
}

async function register({ serviceWorker }) {
  const had = serviceWorker.controller;
  const registration = await serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const offer = async () => {
    if (had && registration.waiting && !(await isBusy())) registration.waiting.postMessage("takeOver");
  };
  serviceWorker.addEventListener("controllerchange", async () => {
    if (had && !(await isBusy())) location.reload();
  });
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    registration.update().catch(() => null);
    offer(); // what was in its way may be over
  });
  watch();
  await offer();
  await registration.update();
}

const start = () => register(navigator).catch(() => null); // no network, or not allowed here
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
if (navigator.serviceWorker) {
  if (document.readyState === "complete") whenIdle(start);
  else addEventListener("load", () => whenIdle(start), { once: true });
}
