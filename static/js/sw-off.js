/* Served in place of the service worker when it is switched off: it clears its caches and goes. What
   waits on the phone to be sent is kept elsewhere, and stays. */

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("sweetspot-")).map((name) => caches.delete(name)));
  await registration.unregister();
}
