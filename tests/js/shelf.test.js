import assert from "node:assert/strict";
import { test } from "node:test";

import { shelf } from "../../static/js/phone/shelf.js";
import { storage } from "./phones.js";

/** A phone whose IndexedDB refuses, as in a private window; tests/browser/ has one that works. */
const refusing = (localStorage = storage()) => ({
  localStorage,
  indexedDB: {
    open() {
      throw new Error("refused");
    },
  },
});

test("without IndexedDB it is kept in localStorage", async () => {
  const phone = refusing();
  const box = shelf("outbox", phone);
  await box.put({ id: "s1", n: 1 });
  await box.put({ id: "s2", n: 2 });
  await box.put({ id: "s1", n: 3 });
  assert.deepEqual(await box.all(), [{ id: "s2", n: 2 }, { id: "s1", n: 3 }]);
  assert.deepEqual(await shelf("outbox", phone).get("s1"), { id: "s1", n: 3 });
  assert.deepEqual([...phone.localStorage.kept.keys()], ["sweetspot.outbox"]);
  await box.remove("s1");
  assert.deepEqual([await box.get("s1"), (await box.all()).length], [undefined, 1]);
});

test("a change sees what is there, and may leave it or take it away", async () => {
  const box = shelf("outbox", refusing());
  await box.put({ id: "s1", n: 1 });
  assert.deepEqual(await box.change("s1", ({ n }) => ({ id: "s1", n: n + 1 })), { id: "s1", n: 2 });
  assert.equal(await box.change("s1", () => undefined), undefined);
  assert.deepEqual(await box.get("s1"), { id: "s1", n: 2 });
  assert.equal(await box.change("s1", () => null), null);
  assert.deepEqual(await box.all(), []);
});

test("what cannot be read counts as nothing, and is no reason to fail", async () => {
  for (const text of ["", "{", "null", "{}"]) {
    const localStorage = storage();
    localStorage.setItem("sweetspot.outbox", text);
    const box = shelf("outbox", refusing(localStorage));
    assert.deepEqual(await box.all(), []);
    await box.put({ id: "s1" });
    assert.deepEqual(await box.all(), [{ id: "s1" }]);
  }
});

test("only where both refuse it fails, and what was there stays", async () => {
  const box = shelf("outbox", refusing(storage(40)));
  await box.put({ id: "s1" });
  await assert.rejects(box.put({ id: "s2", note: "too long for what is left" }));
  assert.deepEqual(await box.all(), [{ id: "s1" }]);
});

test("a phone that keeps nothing at all says so", async () => {
  const shut = {
    get localStorage() {
      throw new Error("shut");
    },
  };
  const box = shelf("outbox", shut);
  await assert.rejects(box.all());
  await assert.rejects(box.put({ id: "s1" }));
  assert.equal(await box.get("s1"), undefined);
});
