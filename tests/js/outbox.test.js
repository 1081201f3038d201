import assert from "node:assert/strict";
import { test } from "node:test";

import { heldBy } from "../../static/js/lib/held.js";
import { memory } from "../../static/js/lib/memory.js";
import { asFile, moveIn, outbox, VISITOR } from "../../static/js/lib/outbox.js";
import { savedRunKey } from "../../static/js/lib/saved-run-key.js";
import { ANNA, BEN, Crash, dying, network, Server, storage } from "./phones.js";

const BODY = { spot: "calf", side: "left", pain_before: 6, pain_after: null, note: "" };
const made = (id, more = {}) => ({ id, owner: ANNA, body: BODY, at: Number(id.replace(/\D/g, "")) || 1, ...more });

/** A phone with a server: {box, server, shelf, kept}; `faults` befall what it sends, in turn. */
function phone({ server = new Server(), faults = [], shelf = memory() } = {}) {
  const box = outbox(shelf, network(server, faults));
  const kept = async () => (await box.waiting(ANNA)).map(({ id }) => id);
  return { box, server, shelf, faults, kept };
}

const states = (results) => results.map(({ id, state }) => [id, state]);

test("a record is kept, sent and gone", async () => {
  const { box, server, kept } = phone();
  await box.keep(made("s1"));
  assert.deepEqual(await kept(), ["s1"]);
  const [result] = await box.flush(ANNA);
  assert.deepEqual([result.state, result.after, result.revision], ["kept", "/sessions/s1/after", 1]);
  assert.deepEqual(await kept(), []);
  assert.equal(server.sessions.get("s1").pain_before, 6);
});

test("they go in the order in which they were made", async () => {
  const { box, server } = phone();
  for (const id of ["s3", "s1", "s2"]) await box.keep(made(id));
  await box.flush(ANNA);
  assert.deepEqual(server.got, ["PUT s1", "PUT s2", "PUT s3"]);
});

test("without network everything stays, and the next way takes it", async () => {
  const { box, server, kept } = phone({ faults: ["lost"] });
  for (const id of ["s1", "s2"]) await box.keep(made(id));
  assert.deepEqual(states(await box.flush(ANNA)), [["s1", "later"]]);
  assert.deepEqual(await kept(), ["s1", "s2"]);
  await box.flush(ANNA);
  assert.deepEqual([await kept(), server.sessions.size], [[], 2]);
});

for (const status of [429, 503, 507]) {
  test(`${status}: the server is asked no more for now`, async () => {
    const { box, server, kept } = phone({ faults: [{ status }] });
    for (const id of ["s1", "s2"]) await box.keep(made(id));
    assert.deepEqual(states(await box.flush(ANNA)), [["s1", "later"]]);
    assert.deepEqual([await kept(), server.got], [["s1", "s2"], []]);
  });
}

test("an answer that is lost makes no second session", async () => {
  const { box, server, kept } = phone({ faults: ["unheard"] });
  await box.keep(made("s1"));
  await box.flush(ANNA);
  assert.deepEqual(await kept(), ["s1"]);
  await box.flush(ANNA);
  assert.deepEqual([await kept(), server.revision], [[], 1]);
});

test("an answer that is not the server's takes nothing off the phone", async () => {
  for (const answer of [undefined, {}, { id: "s2" }]) {
    const { box, kept } = phone({ faults: [{ status: 200, answer }] });
    await box.keep(made("s1"));
    assert.equal((await box.flush(ANNA))[0].state, "later");
    assert.deepEqual(await kept(), ["s1"]);
  }
});

test("one refused for good needs attention, and the others go", async () => {
  const { box, server, kept } = phone();
  for (const id of ["s1", "s2", "s3"]) await box.keep(made(id));
  server.refuses.set("s2", 422);
  assert.deepEqual(states(await box.flush(ANNA)), [["s1", "kept"], ["s2", "attention"], ["s3", "kept"]]);
  assert.deepEqual([await kept(), (await box.get("s2")).why], [["s2"], "No such spot."]);
  await box.flush(ANNA);
  assert.equal(server.got.filter((each) => each === "PUT s2").length, 1);
});

test("what was refused is sent once more when the person asks for it", async () => {
  const { box, server, kept } = phone();
  await box.keep(made("s1"));
  server.refuses.set("s1", 413);
  await box.flush(ANNA);
  server.refuses.clear();
  await box.flush(ANNA, { again: true });
  assert.deepEqual(await kept(), []);
});

test("one the server stumbles over does not stop the others, two in a row do", async () => {
  const { box, server } = phone();
  for (const id of ["s1", "s2", "s3", "s4", "s5"]) await box.keep(made(id));
  for (const id of ["s1", "s3", "s4"]) server.refuses.set(id, 500);
  await box.flush(ANNA);
  assert.deepEqual(server.got, ["PUT s1", "PUT s2", "PUT s3", "PUT s4"]);
});

test("signed out, it waits; signed in again, it goes", async () => {
  const { box, server, kept } = phone();
  await box.keep(made("s1"));
  server.signedIn = null;
  assert.equal((await box.flush(ANNA))[0].state, "signedOut");
  assert.deepEqual(await kept(), ["s1"]);
  server.signedIn = ANNA;
  await box.flush(ANNA);
  assert.deepEqual(await kept(), []);
});

test("somebody else's are neither sent nor told, only counted", async () => {
  const { box, server } = phone();
  await box.keep(made("s1"));
  await box.keep(made("s2", { owner: VISITOR }));
  server.signedIn = BEN;
  assert.deepEqual(await box.flush(BEN), []);
  assert.deepEqual([await box.waiting(BEN), await box.others(BEN), server.got], [[], 1, []]);
});

test("one of somebody else who is signed in by now waits for its owner", async () => {
  const { box, server, kept } = phone();
  await box.keep(made("s1"));
  server.signedIn = BEN;
  assert.equal((await box.flush(ANNA))[0].state, "signedOut");
  assert.deepEqual(await kept(), ["s1"]);
});

test("what a visitor did joins an account once", async () => {
  const { box, server } = phone();
  await box.keep(made("s1", { owner: VISITOR }));
  await box.join(ANNA);
  await box.join(BEN);
  assert.deepEqual([await box.others(BEN), (await box.get("s1")).owner], [1, ANNA]);
  await box.flush(ANNA);
  assert.equal(server.sessions.size, 1);
});

test("what a visitor did can be let go of", async () => {
  const { box, kept } = phone();
  await box.keep(made("s1", { owner: VISITOR }));
  await box.keep(made("s2"));
  await box.removeAll(VISITOR);
  await box.join(ANNA);
  assert.deepEqual(await kept(), ["s2"]);
});

test("one that can still change is held, and goes when nothing holds it any more", async () => {
  const { box, server } = phone();
  await box.keep(made("s1", { hold: true }));
  await box.flush(ANNA, { held: "s1" });
  assert.deepEqual(server.got, []);
  await box.flush(ANNA);
  assert.deepEqual(server.got, ["PUT s1"]);
});

test("what holds a record is the run that is saved on this phone", () => {
  const kept = storage();
  assert.equal(heldBy(kept, ANNA), null);
  kept.setItem(savedRunKey(ANNA), JSON.stringify({ trip: { last: { session: { id: "s1" } } } }));
  assert.deepEqual([heldBy(kept, ANNA), heldBy(kept, BEN)], ["s1", null]);
});

test("what is changed while it is being sent stays, based on what was sent", async () => {
  const server = new Server();
  const shelf = memory();
  const box = outbox(shelf, async (request) => {
    if (server.got.length === 0) await box.keep(made("s1", { body: { ...BODY, pain_after: 3 } }));
    return server.answer(request);
  });
  await box.keep(made("s1"));
  await box.flush(ANNA);
  const { body, based_on, base, state } = await box.get("s1");
  assert.deepEqual([body.pain_after, based_on, base.pain_after, state], [3, 1, null, "waiting"]);
  await box.flush(ANNA);
  assert.deepEqual([server.sessions.get("s1").pain_after, await box.get("s1")], [3, undefined]);
});

test("a change on top of a lost answer is a change of one's own: nobody is told", async () => {
  const { box, server } = phone({ faults: ["unheard"] });
  await box.keep(made("s1", { body: { ...BODY, note: "Warm." } }));
  await box.flush(ANNA);
  await box.keep(made("s1", { body: { ...BODY, note: "Warm. Less." } }));
  const [result] = await box.flush(ANNA);
  assert.deepEqual([result.state, result.told], ["kept", []]);
  assert.equal(server.sessions.get("s1").note, "Warm. Less.");
  assert.deepEqual(await box.news(ANNA), []);
});

test("changed on two phones: merged field by field, sent again, and told", async () => {
  const { box, server, kept } = phone();
  const base = server.edit("s1", { ...BODY, note: "Warm." });
  server.edit("s1", { ...BODY, tenderness_after: 3, note: "Theirs." });
  await box.keep(made("s1", { base, based_on: 1, body: { ...BODY, pain_after: 2, note: "Mine." } }));
  const [result] = await box.flush(ANNA);
  assert.deepEqual([result.state, result.told, result.revision], ["kept", ["note"], 3]);
  const { pain_after, tenderness_after, note } = server.sessions.get("s1");
  assert.deepEqual([pain_after, tenderness_after, note], [2, 3, "Mine.\n\nTheirs."]);
  assert.deepEqual(await kept(), []);
  const [{ id, why, told }] = await box.news(ANNA);
  assert.deepEqual([id, why, told], ["s1", "merged", ["note"]]);
  await box.remove("s1");
  assert.deepEqual(await box.news(ANNA), []);
});

test("a merge whose answer is lost is the same when it is sent again", async () => {
  const { box, server, faults } = phone();
  const base = server.edit("s1", { ...BODY, note: "Warm." });
  server.edit("s1", { ...BODY, note: "Theirs." });
  await box.keep(made("s1", { base, based_on: 1, body: { ...BODY, note: "Mine." } }));
  faults.push(undefined, "unheard");
  await box.flush(ANNA);
  await box.flush(ANNA);
  assert.equal(server.sessions.get("s1").note, "Mine.\n\nTheirs.");
  assert.deepEqual((await box.news(ANNA)).map(({ told }) => told), [["note"]]);
});

test("one that always changes elsewhere is left for later", async () => {
  const server = new Server();
  const box = outbox(memory(), async (request) => {
    server.edit("s1", { ...BODY, pain_after: server.revision % 10 });
    return server.answer(request);
  });
  await box.keep(made("s1"));
  assert.equal((await box.flush(ANNA))[0].state, "later");
  assert.equal((await box.waiting(ANNA)).length, 1);
});

test("a second change before the first was sent is added to it", async () => {
  const { box, server } = phone();
  const base = server.edit("s1", BODY);
  await box.keep(made("s1", { base, based_on: 1, body: { ...BODY, pain_after: 2 } }));
  await box.keep(made("s1", { base, based_on: 1, body: { ...BODY, note: "Less." } }));
  await box.flush(ANNA);
  const { pain_after, note } = server.sessions.get("s1");
  assert.deepEqual([pain_after, note], [2, "Less."]);
});

test("what was deleted elsewhere is not brought back, and is told", async () => {
  const { box, server, kept } = phone();
  server.sessions.set("s1", { id: "s1", revision: 4, deleted: true });
  await box.keep(made("s1"));
  assert.equal((await box.flush(ANNA))[0].state, "deleted");
  assert.deepEqual(await kept(), []);
  assert.deepEqual((await box.news(ANNA)).map(({ why, body }) => [why, body]), [["deleted", BODY]]);
  assert.equal(server.sessions.get("s1").deleted, true);
});

test("a deletion is sent once", async () => {
  const { box, server, kept } = phone({ faults: ["unheard"] });
  const base = server.edit("s1", BODY);
  await box.keep(made("s1", { kind: "delete", base, based_on: 1 }));
  await box.flush(ANNA);
  await box.flush(ANNA);
  assert.deepEqual([await kept(), server.sessions.get("s1").deleted, server.revision], [[], true, 2]);
});

test("what changed elsewhere is not deleted from here, and is told", async () => {
  const { box, server, kept } = phone();
  const base = server.edit("s1", BODY);
  server.edit("s1", { ...BODY, note: "Theirs." });
  await box.keep(made("s1", { kind: "delete", base, based_on: 1 }));
  await box.flush(ANNA);
  assert.deepEqual([await kept(), server.sessions.get("s1").note], [[], "Theirs."]);
  assert.deepEqual((await box.news(ANNA)).map(({ why }) => why), ["undeleted"]);
});

test("a change made from an older copy after such a deletion takes nothing back", async () => {
  const { box, server } = phone();
  const old = server.edit("s1", BODY);
  await box.keep(made("s1", { kind: "delete", body: {}, based_on: old.revision, base: old }));
  server.edit("s1", { ...BODY, note: "Elsewhere." });
  await box.flush(ANNA);
  await box.keep(made("s1", { body: { ...BODY, note: "Here." }, based_on: old.revision, base: old }));
  await box.flush(ANNA);
  assert.equal(server.sessions.get("s1").note, "Here.\n\nElsewhere.");
});

test("deleted after a lost answer, it is deleted", async () => {
  const { box, server } = phone({ faults: ["unheard"] });
  await box.keep(made("s1"));
  await box.flush(ANNA);
  await box.keep(made("s1", { kind: "delete" }));
  await box.flush(ANNA);
  assert.deepEqual([server.sessions.get("s1").deleted, await box.get("s1")], [true, undefined]);
});

test("an answer about a day goes to its own address", async () => {
  const sent = [];
  const box = outbox(memory(), async (request) => {
    sent.push(request);
    return { status: 201, answer: { id: "r1", stands: true } };
  });
  const body = { local_date: "2026-11-20", region: "low_back", side: "left", pain_24h: 0 };
  await box.keep({ id: "r1", kind: "rating", owner: ANNA, body, at: 1 });
  await box.flush(ANNA);
  const path = "/api/ratings/r1";
  assert.deepEqual(sent, [{ method: "PUT", path, body: { ...body, owner: ANNA, based_on: null } }]);
  assert.deepEqual(await box.waiting(ANNA), []);
});

test("an answer about a day that does not stand is told, and no longer unsent", async () => {
  const box = outbox(memory(), async () => ({ status: 201, answer: { id: "r1", stands: false } }));
  await box.keep({ id: "r1", kind: "rating", owner: ANNA, body: { pain_24h: 0 }, at: 1 });
  assert.deepEqual(states(await box.flush(ANNA)), [["r1", "kept"]]);
  assert.deepEqual(await box.waiting(ANNA), []);
  assert.deepEqual((await box.news(ANNA)).map(({ id, why }) => [id, why]), [["r1", "later"]]);
});

test("two flushes at once store each once", async () => {
  const { box, server, kept } = phone();
  for (const id of ["s1", "s2", "s3"]) await box.keep(made(id));
  await Promise.all([box.flush(ANNA), box.flush(ANNA)]);
  assert.deepEqual([await kept(), server.sessions.size, server.revision], [[], 3, 3]);
});

test("a phone that dies between any two steps loses nothing and doubles nothing", async () => {
  for (const done of [false, true]) {
    for (let n = 1; n < 12; n += 1) {
      const server = new Server();
      const base = server.edit("s2", { ...BODY, note: "Warm." });
      server.edit("s2", { ...BODY, note: "Theirs." });
      const shelf = memory();
      const edit = { base, based_on: 1, body: { ...BODY, note: "Mine." } };
      const [acknowledged, all] = [[], [made("s1"), made("s2", edit), made("s3")]];
      const mortal = outbox(dying(shelf, n, { done }), network(server));
      try {
        for (const record of all) acknowledged.push((await mortal.keep(record)).id);
        await mortal.flush(ANNA);
      } catch (error) {
        assert.ok(error instanceof Crash);
      }
      const { box, kept } = phone({ server, shelf });
      await box.flush(ANNA);
      await box.flush(ANNA);
      assert.deepEqual(await kept(), []);
      for (const id of acknowledged) assert.ok(server.sessions.has(id), `${id} is lost at ${n}`);
      if (acknowledged.includes("s2")) assert.equal(server.sessions.get("s2").note, "Mine.\n\nTheirs.");
      assert.ok(server.revision <= 5);
    }
  }
});

test("a full phone sends what it has", async () => {
  const shelf = memory();
  const { box, server } = phone({ shelf });
  await box.keep(made("s1"));
  shelf.change = async () => {
    throw new Error("full");
  };
  assert.equal((await box.flush(ANNA))[0].state, "kept");
  assert.equal(server.sessions.size, 1);
});

test("without room the one who keeps is told so", async () => {
  const shelf = { ...memory(), change: async () => Promise.reject(new Error("full")) };
  await assert.rejects(outbox(shelf, async () => ({ status: 0 })).keep(made("s1")));
});

test("a file to take along says what was done, and not what is only for sending", async () => {
  const { box } = phone();
  await box.keep(made("s1", { base: BODY, based_on: 3 }));
  const file = asFile(await box.waiting(ANNA), "2026-11-20T12:00:00.000Z");
  assert.deepEqual([file.format, file.made_at], ["sweetspot-unsent-1", "2026-11-20T12:00:00.000Z"]);
  const [record] = file.records;
  assert.deepEqual(Object.keys(record).toSorted(), ["at", "based_on", "body", "id", "kind", "owner", "state", "told", "why"]);
  assert.deepEqual(record.body, BODY);
});

test("what the outbox of before had moves in once, and over nothing newer", async () => {
  const { box, kept } = phone();
  const before = storage();
  const old = (id) => ({ id, owner: ANNA, body: { ...BODY, started_at: "2026-11-20T10:30:00Z" } });
  before.setItem("sweetspot.unsent", JSON.stringify([old("s1"), old("s2")]));
  await box.keep(made("s2", { body: { ...BODY, pain_after: 1 } }));
  await moveIn(before, box);
  assert.deepEqual((await kept()).toSorted(), ["s1", "s2"]);
  assert.equal((await box.get("s2")).body.pain_after, 1);
  assert.equal(before.getItem("sweetspot.unsent"), null);
  await box.removeAll(ANNA);
  await moveIn(before, box);
  assert.deepEqual(await kept(), []);
});

test("what cannot be read of before is left where it is", async () => {
  const before = storage();
  before.setItem("sweetspot.unsent", "{");
  await moveIn(before, phone().box);
  assert.equal(before.getItem("sweetspot.unsent"), "{");
});
