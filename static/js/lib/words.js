/* The guide's sentences, filled in. The templates come from the server, in the page's language. */

/** "{n} s" with {n: 30} is "30 s". */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Seconds as "1:28". */
export function timeOf(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Milliseconds as "1 min 40 s" or "40 s". */
export function lengthOf(ms, words) {
  const all = Math.round(ms / 1000);
  const [m, s] = [Math.floor(all / 60), all % 60];
  return m ? fill(words.minutes, { m, s }) : fill(words.seconds, { n: s });
}

/**
 * The one line that says what to do now; `view` is guide-view's. While moving on, `place` is
 * where to, and `before` why the spot before ended.
 */
export function cueFor(view, { words, shiftHint, place, before }) {
  switch (view.message) {
    case "ready":
      return words.readyCue;
    case "changing":
      return [whyBefore(words, before), fill(words.changingCue, { place })].filter(Boolean).join(" ");
    case "pulse":
      return fill(words.pulse, { n: view.shiftLeft });
    case "sharp":
      return `${fill(words.sharp, { n: view.shiftLeft })} ${shiftHint}`;
    case "gentle":
      return `${shiftHint} ${words.gentle}`;
    case "eased":
      return fill(words.eased, { level: words.levels[view.level] });
    case "let_go":
      return words.letGone;
    case "day_limit":
      return words.dayLimit;
    default:
      return view.cue;
  }
}

/* After numbness the person has read why, and tapped to go on. */
const whyBefore = ({ ended }, before) => before !== "nerve" && ended[before]?.title;

/** What comes after this phase. */
export function nextFor(view, plan, words) {
  if (view.waits) {
    const [first] = plan.phases;
    return fill(words.next, { level: words.levels[first.level], n: first.seconds });
  }
  if (!view.nextPhase) return words.last;
  const n = plan.phases[view.phaseIndex + 1].seconds;
  return fill(words.next, { level: words.levels[view.nextPhase.level], n });
}
