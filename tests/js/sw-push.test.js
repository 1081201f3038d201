import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const source = readFileSync(new URL("../../static/js/sw-push.js", import.meta.url), "utf8");
const ORIGIN = "https://sweetspot.example.org";

/** A worker that took the script in; `windows` are the pages it has open. */
function worker(windows = []) {
  const heard = {};
  const done = { shown: [], opened: [] };
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (name, listener) => { heard[name] = listener; },
    registration: { showNotification: async (title, options) => done.shown.push({ title, ...options }) },
    clients: {
      matchAll: async () => windows,
      openWindow: async (url) => done.opened.push(url),
    },
  };
  runInNewContext(source, { self, URL });
  return {
    ...done,
    async hears(name, event) {
      const waits = [];
      heard[name]({ waitUntil: (promise) => waits.push(promise), ...event });
      await Promise.all(waits);
    },
  };
}

const pushed = (body) => ({ data: { json: () => JSON.parse(body) } });

test("a word is shown as it was sent", async () => {
  const here = worker();
  await here.hears("push", pushed('{"title":"Sweetspot","body":"Due today.","tag":"x","url":"/days"}'));
  const [{ title, body, tag, data }] = here.shown;
  assert.deepEqual([title, body, tag, data.url], ["Sweetspot", "Due today.", "x", "/days"]);
});

test("whatever comes, something is shown", async () => {
  for (const event of [{ data: null }, {}, pushed("no json"), pushed("null"), pushed("5")]) {
    const here = worker();
    await here.hears("push", event);
    assert.equal(here.shown[0].title, "Sweetspot");
  }
});

function tapped(url) {
  const notification = { closed: false, close() { this.closed = true; }, data: url && { url } };
  return { notification };
}

test("a tap closes it and opens Sweetspot", async () => {
  const here = worker();
  const event = tapped("/");
  await here.hears("notificationclick", event);
  assert.ok(event.notification.closed);
  assert.deepEqual(here.opened, [`${ORIGIN}/`]);
});

test("a window that is there is used", async () => {
  let focused = 0;
  const here = worker([{ focus: async () => { focused += 1; } }]);
  await here.hears("notificationclick", tapped(undefined));
  assert.deepEqual([focused, here.opened.length], [1, 0]);
});

test("no word leads to another site", async () => {
  for (const url of ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]) {
    const here = worker();
    await here.hears("notificationclick", tapped(url));
    assert.deepEqual(here.opened, []);
  }
});
