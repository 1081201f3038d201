/* After, for a session that only this phone has: the answers are kept with it. */
import { peakLevelOf } from "../lib/kept.js";
import { fill, lengthOf } from "../lib/words.js";
import { answersOf } from "../phone/answers.js";

/** `about`: {record, stop, words, guideWords, keep, then}; keep(record), then(record). */
export function askAfter(page, { record, stop, words, guideWords, keep, then }) {
  const form = page.view("after");
  const { body } = record;
  const ended = guideWords.ended[body.trace.ended_by];
  page.say("after-place", stop?.place ?? body.spot);
  page.tell("advice-title", ended?.title);
  page.tell("advice-text", ended?.text);
  page.show("advice", Boolean(ended));
  drawQuestions(form, body, stop, guideWords.levels);
  drawAftercare(page, body);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answered = { ...record, body: { ...body, ...answersOf(form) } };
    try {
      await keep(answered);
      then(answered);
    } catch {
      page.show("after-failed", true);
    }
  });
}

function drawQuestions(form, body, stop, levels) {
  const pressed = stop ? stop.pressLevel : 2;
  const legend = form.querySelector("#tenderness-after").querySelector("legend");
  legend.textContent = fill(legend.textContent, { level: levels[pressed ?? 0] });
  form.querySelector("#tenderness-after").hidden = pressed === null;
  form.querySelector("#other-side-after").hidden = body.other_side_before == null;
  const places = [...form.querySelectorAll('[name="felt_in"]')];
  for (const place of places) place.closest("label").hidden = !stop?.feltIn.includes(place.value);
  form.querySelector("#felt-in").hidden = !stop?.feltIn.length;
}

function drawAftercare(page, { spot, trace }) {
  const peak = peakLevelOf(trace);
  for (const care of page.all("[data-aftercare]")) {
    const { aftercare, minLevel } = care.dataset;
    care.hidden = !aftercare.split(" ").includes(spot) || peak < Number(minLevel);
  }
}

/** What was done, once it is kept. */
export function drawOver(page, { record, stop, words, guideWords }) {
  page.view("over");
  const { body, owner } = record;
  page.say("over-place", stop?.place ?? body.spot);
  page.say("over-time", lengthOf(body.trace.counted_s * 1000, guideWords));
  const [before, after] = [body.pain_before, body.pain_after].map((pain) => pain ?? words.blank);
  page.show("over-pain", body.pain_before != null || body.pain_after != null);
  page.say("over-ratings", fill(words.ratings, { before, after }));
  const who = owner === "visitor" ? "visitor" : "member";
  for (const each of page.all("[data-for-owner]")) each.hidden = each.dataset.forOwner !== who;
}
