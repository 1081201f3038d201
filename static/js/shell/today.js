/* Today without network: what may be started, in the person's order, and what waits to be sent. */
import { planFor, standing } from "../lib/kept.js";
import { savedRunKey } from "../lib/saved-run-key.js";
import { fill, lengthOf } from "../lib/words.js";

const STARTS = ["new", "due", "soon"];

export function drawToday(page, { kept, done, unsent, instead, words, guideWords, resume }) {
  page.view("today");
  page.show("instead", instead);
  const waits = Boolean(kept && localStorage.getItem(savedRunKey(kept.owner)));
  const { one, many } = words.unsent;
  page.tell("unsent", unsent && (unsent === 1 ? one : fill(many, { n: unsent })));
  page.show("look", unsent > 0);
  page.show("resume", waits);
  page.show("waiting", Boolean(waits || unsent));
  page.part("resume-key").addEventListener("click", resume);
  if (!kept?.stops.length) return drawNothing(page, words.nothing);
  const now = Date.now();
  const cards = kept.stops.map((stop) => ({ stop, ...standing(stop, kept, done, now) }));
  const rank = ({ state }) => (STARTS.includes(state) ? STARTS.indexOf(state) >> 1 : 2);
  const [first, ...others] = cards.toSorted((a, b) => rank(a) - rank(b));
  drawFirst(page, first, { kept, done, words, guideWords, now });
  page.show("others", others.length > 0);
  page.part("rows").replaceChildren(...others.map((card) => row(page, card, words)));
}

function drawNothing(page, { title, text }) {
  page.say("title", title);
  page.say("line", text);
  page.show("state", false);
}

function drawFirst(page, { stop, state, why }, { kept, done, words, guideWords, now }) {
  const starts = STARTS.includes(state);
  page.say("state", words.states[state]);
  page.say("title", stop.place);
  page.say("line", why ? sentence(why, words) : starts ? stop.why : words.why.online);
  page.show("start", starts);
  if (!starts) return;
  const { plan } = planFor(stop, stop.tool, kept, done, now);
  page.part("start").href = prepareAt(stop);
  page.say("start-word", words.keys[state]);
  page.say("start-length", lengthOf(plan.total_s * 1000, guideWords));
}

function row(page, { stop, state, why }, words) {
  const made = page.part("row").content.cloneNode(true);
  const say = (name, text) => (made.querySelector(`[data-part="${name}"]`).textContent = text);
  say("row-name", stop.place);
  say("row-line", why ? sentence(why, words) : words.states[state]);
  say("row-state", words.keys[state] ?? "");
  made.querySelector("a").href = prepareAt(stop);
  return made;
}

/** What the server said, or what this phone knows by itself. */
export const sentence = (why, words) => words.why[why] ?? why;

const prepareAt = ({ spot, side }) => `/sessions/new?${new URLSearchParams({ spot, side })}`;
