/* Today without network: what may be started, in the person's order, and what waits to be sent. */
import { planFor, standing } from "../lib/kept.js";
import { savedRunKey } from "../lib/saved-run-key.js";
import { counted } from "../lib/told.js";
import { lengthOf } from "../lib/words.js";
import { askDaily } from "./daily.js";

const STARTS = ["new", "due", "soon"];

/** `about`: what lib/kept.js takes, and {unsent, instead, words, guideWords, resume}. */
export function drawToday(page, about) {
  const { kept, unsent, instead, words, resume } = about;
  page.view("today");
  page.show("instead", instead);
  const waits = Boolean(kept && localStorage.getItem(savedRunKey(kept.owner)));
  page.show("resume", waits);
  const told = [...unsent];
  drawUnsent(page, told, waits, words);
  page.part("resume-key").addEventListener("click", resume);
  if (!kept?.stops.length) return drawNothing(page, words.nothing);
  const ratings = unsent.filter(({ kind }) => kind === "rating").map(({ body }) => body);
  askDaily(page, { kept, ratings, words }, (record) => {
    told.push(record);
    drawUnsent(page, told, waits, words);
  });
  const now = Date.now();
  const cards = kept.stops.map((stop) => ({ stop, ...standing(stop, about, now) }));
  const rank = ({ state }) => (STARTS.includes(state) ? STARTS.indexOf(state) >> 1 : 2);
  const [first, ...others] = cards.toSorted((a, b) => rank(a) - rank(b));
  drawFirst(page, first, about, now);
  page.show("others", others.length > 0);
  page.part("rows").replaceChildren(...others.map((card) => row(page, card, words)));
}

/** What waits to be sent: how many sessions, or else that there are answers. */
function drawUnsent(page, records, waits, words) {
  const sessions = records.filter(({ kind }) => kind === "session").length;
  page.tell("unsent", records.length > 0 && (sessions ? counted(sessions, words.unsent) : words.unsent.answers));
  page.show("look", records.length > 0);
  page.show("waiting", waits || records.length > 0);
}

function drawNothing(page, { title, text }) {
  page.say("title", title);
  page.say("line", text);
  page.show("state", false);
}

function drawFirst(page, { stop, state, why }, about, now) {
  const { words, guideWords } = about;
  const starts = STARTS.includes(state);
  page.say("state", words.states[state]);
  page.say("title", stop.place);
  page.say("line", why ? sentence(why, words) : starts ? stop.why : words.why.online);
  page.show("start", starts);
  if (!starts) return;
  const { plan } = planFor(stop, stop.tool, about, now);
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
