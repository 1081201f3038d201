/* In the service worker: shows what was pushed, and opens Sweetspot when it is tapped.
   A classic script without imports, so that a worker can take it in as it is, before or after its own code. */

self.addEventListener("push", (event) => {
  event.waitUntil(showWord(wordIn(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openFromWord(event.notification.data?.url ?? "/"));
});

/** What was sent; whatever it was, something is shown, or browsers take the permission back. */
function wordIn(data) {
  try {
    return data.json() ?? {};
  } catch {
    return {};
  }
}

function showWord({ title = "Sweetspot", body = "", tag = "sweetspot", url = "/" }) {
  return self.registration.showNotification(title, { body, tag, data: { url } });
}

/** The window that is there already, else a new one; never another site's page. */
async function openFromWord(url) {
  const target = new URL(url, self.location.origin);
  if (target.origin !== self.location.origin) return;
  const [there] = await self.clients.matchAll({ type: "window" });
  if (there) return there.focus();
  await self.clients.openWindow(target.href);
}
