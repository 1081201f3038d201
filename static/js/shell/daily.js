/* The day's question on Today without network: one region after the other, kept to be sent. */
import { toRate } from "../lib/daily.js";
import { fill } from "../lib/words.js";
import { keep } from "../phone/box.js";
import { newId } from "../phone/new-id.js";
import { dayIn } from "./page.js";

/** `ratings` are bodies that wait already; `then` hears of each record that is kept. */
export function askDaily(page, { kept, ratings, words }, then) {
  const given = [...ratings];
  let latest = null; // of two quick taps the second comes while the first is being kept
  const form = page.part("daily-form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { day: local_date, region, side } = toRate(kept, given, Date.now()) ?? {};
    if (!region) return draw();
    const answered_at = new Date().toISOString();
    const pain_24h = Number(event.submitter.value);
    const body = { local_date, region, side, pain_24h, answered_at, time_zone: kept.zone };
    const id = newId();
    const same = latest && ["local_date", "region", "side"].every((name) => latest.body[name] === body[name]);
    const record = { id, kind: "rating", owner: kept.owner, body, based_on: same ? latest.id : null };
    latest = record;
    const isKept = await keep(record).then(() => true, () => false);
    page.show("daily-failed", !isKept);
    if (!isKept) return;
    given.push(body);
    then(record);
    draw();
  });
  draw();

  function draw() {
    const next = toRate(kept, given, Date.now());
    page.show("daily", Boolean(next));
    if (!next) return;
    page.say("daily-day", dayIn(Date.now()));
    page.tell("daily-number", next.of > 1 && fill(words.number, { n: next.number, all: next.of }));
    page.say("daily-place", next.place);
  }
}
