import assert from "node:assert/strict";
import { test } from "node:test";

import { answerHere, wayIn, wayOf } from "../../static/js/lib/shell-way.js";

const ID = "01936f00-0000-7000-8000-000000000001";
const way = (address) => wayOf(new URL(address, "https://example.org"));

test("the shell stands in for what was wanted", () => {
  assert.deepEqual(way("/"), { view: "today", instead: false });
  assert.deepEqual(way("/start"), { view: "today", instead: false });
  assert.deepEqual(way("/offline/de"), { view: "today", instead: false });
  assert.deepEqual(way("/progress/"), { view: "today", instead: true });
  assert.deepEqual(way("/sessions/new?spot=side-hip&side=left"), { view: "prepare", spot: "side-hip", side: "left" });
  assert.deepEqual(way("/try/side-hip"), { view: "prepare", spot: "side-hip", side: null });
  assert.deepEqual(way(`/sessions/${ID}/after`), { view: "after", id: ID, then: [] });
});

test("the answers to several sessions follow each other", () => {
  assert.deepEqual(way(answerHere([ID, "b", "c"])), { view: "after", id: ID, then: ["b", "c"] });
});

test("the way is the same in another language", () => {
  for (const address of [`/offline/?after=${ID}&then=b`, "/try/side-hip?side=right", "/sessions/new?spot=side-hip", "/offline/en"]) {
    assert.deepEqual(way(wayIn("/offline/de", way(address))), way(address));
  }
});
