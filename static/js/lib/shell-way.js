/* Which page somebody wanted when there was no network: the shell stands in for it. */

const AFTER = /^\/sessions\/([0-9a-f-]{36})(\/after)?$/;
const TRY = /^\/try\/([a-z-]+)$/;
const STARTS = /^\/(?:sessions\/new|try\/[a-z-]+|offline\/[a-z]*)$/;

/**
 * {view, …}: after {id, then}, prepare {spot, side}, today; `instead` says that what was wanted
 * needs a network.
 */
export function wayOf({ pathname, search }) {
  const asked = new URLSearchParams(search);
  const id = asked.get("after") ?? pathname.match(AFTER)?.[1];
  if (id) return { view: "after", id, then: asked.getAll("then") };
  const spot = asked.get("spot") ?? pathname.match(TRY)?.[1];
  if (spot && STARTS.test(pathname)) return { view: "prepare", spot, side: asked.get("side") };
  return { view: "today", instead: !isToday(pathname) };
}

const isToday = (pathname) => pathname === "/" || pathname === "/start" || pathname.startsWith("/offline/");

/** Where to answer for sessions that are only on this phone. */
export function answerHere([first, ...others]) {
  const asked = new URLSearchParams([["after", first], ...others.map((id) => ["then", id])]);
  return `/offline/?${asked}`;
}

/** The same way in a shell of another language: `shell` is its address. */
export function wayIn(shell, { view, id, then = [], spot, side }) {
  const asked = { after: [["after", id], ...then.map((each) => ["then", each])] };
  const prepare = Object.entries({ spot, side }).filter(([, value]) => value);
  return `${shell}?${new URLSearchParams(asked[view] ?? (view === "prepare" ? prepare : []))}`;
}
