/* A record of the outbox: how it is sent, and what the server's answer makes of it. */

import { differing, knownOf, merge } from "./merge.js";

const REFUSED = [413, 422];

const PATHS = { session: "sessions", delete: "sessions", rating: "ratings", answers: "answers" };

/** {method, path, body} that sends it. */
export function requestOf({ id, kind, owner, body, based_on }) {
  const path = `/api/${PATHS[kind]}/${id}`;
  if (kind === "answers") return { method: "PUT", path, body: { ...body, owner } };
  if (kind === "delete") return { method: "DELETE", path, body: { owner, based_on } };
  return { method: "PUT", path, body: { ...body, owner, based_on } };
}

/** The record with its body among those that were tried: an answer may never arrive. */
export function tried(record) {
  const isKnown = record.tried.some((each) => differing(each, record.body).length === 0);
  return { ...record, state: "waiting", tried: isKnown ? record.tried : [...record.tried, record.body] };
}

/**
 * What came of sending it: {state, how}. `how` makes of the record as it is by now what it is to
 * be: null when it can go. States: kept, deleted, changed (elsewhere: try again), attention,
 * signedOut, later.
 */
export function answered(sent, status, { id, revision = null, session, stands = true, error = "" } = {}) {
  if ([200, 201].includes(status) && id === sent.id) {
    return { state: "kept", how: (now) => (stands ? accepted(now, sent, revision) : news(now, "later")) };
  }
  if (status === 410) {
    return { state: "deleted", how: (now) => (now.kind === "delete" ? null : news(now, "deleted")) };
  }
  if (status === 409 && session) return { state: "changed", how: (now) => rebased(now, session) };
  if (REFUSED.includes(status)) {
    const refuse = (now) => (isSame(now, sent) ? { ...now, state: "attention", why: error } : undefined);
    return { state: "attention", how: refuse };
  }
  return { state: [401, 403].includes(status) ? "signedOut" : "later", how: () => undefined };
}

/** What waits keeps what it is based on; what a newer record changes is added to what it says. */
export function inherited(before, { kind, base, body }) {
  if (!before) return {};
  const { based_on, told, tried } = before;
  const there = before.kind === "delete" ? before.base : before.body; // one may be undone
  const isChange = base && there && kind !== "delete";
  const joined = isChange ? merge(base, body, there).merged : body;
  return { based_on, base: before.base, told, tried, body: joined };
}

/** The server has `sent`: it can go, unless it was changed meanwhile or there is something to tell. */
function accepted(now, sent, revision) {
  const known = { ...now, based_on: revision, base: sent.body, tried: [] };
  if (!isSame(now, sent)) return known;
  return sent.told.length ? news(known, "merged") : null;
}

/** Based on what the server has by now. What was changed elsewhere is not deleted from here. */
function rebased(now, theirs) {
  const known = knownOf(theirs, now.base, now.tried);
  const next = { ...now, based_on: theirs.revision, base: theirs, tried: [] };
  if (now.kind === "delete") return differing(known, theirs).length ? news(next, "undeleted") : next;
  const { merged, told } = merge(known, now.body, theirs);
  return { ...next, body: merged, told: [...new Set([...now.told, ...told])] };
}

const news = (record, why) => ({ ...record, state: "told", why });
const isSame = (one, other) => one.kind === other.kind && differing(one.body, other.body).length === 0;
