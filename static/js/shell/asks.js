/* What is asked for safety before a spot: the gates that are due, and the list. */

/** Ask these; `then` gets what was said, {answers: {gate: [item]}, entries, answered_at}. */
export function ask(page, { place, gates }, then) {
  const form = page.view("asks");
  page.say("asks-place", place);
  for (const gate of page.all("[data-gate]")) gate.hidden = !gates.includes(gate.dataset.gate);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    then(said(page, gates));
  });
}

function said(page, gates) {
  const ticked = (gate) => page.all(`[data-gate="${gate}"] input:checked`).map(({ value }) => value);
  const { list = null, ...answers } = Object.fromEntries(gates.map((gate) => [gate, ticked(gate)]));
  return { answers, entries: list, answered_at: new Date().toISOString() };
}

/** It does not start: what to do instead, for each effect; `text` says what became of the answer. */
export function close(page, effects, text) {
  page.view("closed");
  for (const effect of page.all("[data-effect]")) effect.hidden = !effects.includes(effect.dataset.effect);
  page.show("closed-text", text && !effects.includes("emergency"));
}
