/* What was answered for safety on this phone since the server was heard, and what it does at a spot.

   `given` are sheets, {answers: {gate: [item]}, entries: [entry] | null, answered_at}; `ticked` is
   {item or entry: [effect]} of one spot and `effects` {effect: {level, gentle?, text}}, as the server
   has them (tracker/pwa/kept.py). */

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LIST = "list"; // stands among the gates for the list of what to be careful with

/** What is to be asked before a spot. A clock that was set back makes no answer younger. */
export function toAsk({ asks }, { made_at, rules }, given, now) {
  const at = Math.max(now, Date.parse(made_at));
  const isFresh = (gate, ms) =>
    given.some((sheet) => isAnswered(sheet, gate) && isWithin(Date.parse(sheet.answered_at), at, ms));
  return Object.keys(asks).filter((gate) =>
    asks[gate] === null
      ? !isFresh(gate, rules.answerMinutes * MINUTE_MS)
      : at >= Date.parse(asks[gate]) && !isFresh(gate, rules.answerDays * DAY_MS),
  );
}

/** How far a spot may be pressed by what was ticked: {level, gentle, effects}; level 0 closes it. */
export function limitsOf(given, ticked, effects) {
  const doing = (id) => ticked[id] ?? [];
  const closes = (id) => doing(id).some((effect) => effects[effect].level === 0);
  const newest = {};
  const ids = [];
  for (const { answers, entries } of given.toSorted(byTime)) {
    Object.assign(newest, answers);
    ids.push(...Object.values(answers).flat().filter(closes), ...(entries ?? []));
  }
  ids.push(...Object.values(newest).flat());
  const found = [...new Set(ids.flatMap(doing))].toSorted((a, b) => effects[a].level - effects[b].level);
  const level = Math.min(...found.map((effect) => effects[effect].level), Infinity);
  return { level, gentle: found.some((effect) => effects[effect].gentle), effects: found };
}

const isAnswered = ({ answers, entries }, gate) => (gate === LIST ? entries !== null : gate in answers);
const isWithin = (then, now, ms) => now - then >= 0 && now - then < ms;
const byTime = (one, other) => Date.parse(one.answered_at) - Date.parse(other.answered_at);
