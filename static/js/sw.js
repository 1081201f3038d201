/* The service worker: Sweetspot without network. Its view puts before it VERSION, FILES (static, by
   fingerprint) and SHELLS (the page for no network, by language). Nothing that was asked for with a
   cookie is ever kept: a signed-in page is health data. */

const NAME = `sweetspot-${VERSION}`;
const SPOT = /^\/spots\/[a-z-]+$/;
const UNSENT = "/unsent";
const NO_SERVER = [502, 503, 504];
const AS_NOBODY = { credentials: "omit" };
const ANYHOW = { ignoreSearch: true, ignoreVary: true };

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => {
  if (event.data === "takeOver") skipWaiting();
  const spots = event.data.spots?.filter((path) => SPOT.test(path)) ?? [];
  const headers = { "Accept-Language": event.data.language };
  event.waitUntil(Promise.all(spots.map((path) => keepSpot(path, { headers }).catch(() => null))));
});

addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(file(event.request));
  else if (mode === "navigate") event.respondWith(page(event, pathname));
});

async function keepAll() {
  const cache = await caches.open(NAME);
  await cache.addAll([...FILES, ...[UNSENT, ...Object.values(SHELLS)].map((path) => new Request(path, AS_NOBODY))]);
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("sweetspot-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

/** A file with its fingerprint in its address never changes. */
async function file(request) {
  const cache = await caches.open(NAME);
  const known = await cache.match(request, ANYHOW);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => null); // a full phone goes on
  return answer;
}

/** From the network; without one a spot as it is signed out, else the shell. */
async function page(event, path) {
  let answer = null;
  try {
    answer = await fetch(event.request);
    if (answer.ok && SPOT.test(path)) event.waitUntil(keepSpot(path).catch(() => null));
    if (!NO_SERVER.includes(answer.status)) return answer;
  } catch {
    // No network.
  }
  const cache = await caches.open(NAME);
  return (await cache.match(path, ANYHOW)) ?? (await cache.match(shell(), ANYHOW)) ?? answer ?? Response.error();
}

async function keepSpot(path, how = {}) {
  const cache = await caches.open(NAME);
  if (await cache.match(path, ANYHOW)) return;
  const answer = await fetch(path, { ...how, ...AS_NOBODY });
  if (answer.ok && !answer.redirected) await cache.put(path, answer);
}

/** In the browser's language; the shell itself goes to the person's. */
function shell() {
  const [code] = navigator.language.split("-");
  return SHELLS[code] ?? Object.values(SHELLS)[0];
}
