/* This phone's outbox, and the way from it to the server. */
import { heldBy } from "../lib/held.js";
import { asFile, moveIn, outbox } from "../lib/outbox.js";
import { noteGiven } from "./kept.js";
import { shelf } from "./shelf.js";

const LONGEST_MS = 30_000; // a network that hangs is no network
const MOST_COPIES = 20;
const WAITS = "sweetspot.waits"; // so that a page without anything to send loads nothing of this
const SENT = "sweetspot.sent"; // which days were sent lately, for a page that still asks about them
const copies = shelf("sessions");

export const box = outbox(shelf("outbox"), send);

/** Keep a record (lib/outbox.js); once there is one, the phone is asked not to clear it by itself. */
export async function keep(record) {
  hint(true);
  await box.keep({ at: Date.now(), ...(await based(record)), ...record });
  hint(true); // another tab may have found nothing meanwhile
  stay();
}

/** Send what waits of this person, one tab at a time; answers what came of each. */
export async function flush(owner, how) {
  const act = async () => {
    await moveIn(localStorage, box).catch(() => {}); // no room: what is here goes first
    const results = await box.flush(owner, { held: heldBy(localStorage, owner), ...how });
    await Promise.all(results.map((result) => learn(result).catch(() => {})));
    if ((await box.waiting(owner)).length === 0 && (await box.others(owner)) === 0) hint(false);
    noteSent(results.filter(({ state, kind }) => state === "kept" && kind === "rating"));
    if (results.length) dispatchEvent(new Event("sweetspot:flushed"));
    return results;
  };
  return navigator.locks ? navigator.locks.request("outbox", act) : act();
}

/** The addresses of the days' questions that were sent from any page since this was asked last. */
export function takeSent() {
  const sent = readSent();
  try {
    localStorage.removeItem(SENT);
  } catch {
    // Nothing was noted, either.
  }
  return sent;
}

export async function send({ method, path, body }) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    const response = await fetch(path, { method, headers, signal, body: JSON.stringify(body) });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0 };
  }
}

/** Records as a file in the person's hands. */
export function takeOut(records) {
  const now = new Date().toISOString();
  const text = JSON.stringify(asFile(records, now), null, 1);
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href, download: `sweetspot-${now.slice(0, 10)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), LONGEST_MS);
}

/** What the server has of a session since this phone sent it: a change of it starts there. */
async function learn({ state, kind, id, owner, revision, body }) {
  if (kind === "answers" && state === "kept") return noteGiven(owner, body);
  if (kind !== "session" || !revision) return;
  if (state === "deleted") await copies.remove(id);
  if (state !== "kept") return;
  await copies.put({ id, owner, revision, body });
  const mine = (await copies.all()).filter((copy) => copy.owner === owner);
  const old = mine.map((copy) => copy.id).toSorted().slice(0, -MOST_COPIES); // ids sort by time
  await Promise.all(old.map((each) => copies.remove(each)));
}

async function based({ id, owner, base }) {
  if (base) return {};
  const copy = await copies.get(id).catch(() => undefined);
  return copy?.owner === owner ? { base: copy.body, based_on: copy.revision } : {};
}

function readSent() {
  try {
    return JSON.parse(localStorage.getItem(SENT)) ?? [];
  } catch {
    return [];
  }
}

function noteSent(ratings) {
  if (!ratings.length) return;
  const sent = ratings.map(({ body: { local_date, region, side } }) => `/days/${local_date}/${region}/${side}`);
  try {
    localStorage.setItem(SENT, JSON.stringify([...readSent(), ...sent]));
  } catch {
    // A page that still asks is right once it is opened anew.
  }
}

function hint(waits) {
  try {
    if (waits) localStorage.setItem(WAITS, "1");
    else localStorage.removeItem(WAITS);
  } catch {
    // Today looks anyway.
  }
}

async function stay() {
  const { storage } = navigator;
  if (!(await storage?.persisted?.())) await storage?.persist?.();
}
