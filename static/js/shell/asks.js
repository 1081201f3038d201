/* What is asked for safety before a spot. Nothing is kept: whatever is ticked, it does not start. */

/** Ask these gates; `then` goes on when none of them holds. */
export function ask(page, { place, gates, effects }, then) {
  if (!gates.length) return then();
  const form = page.view("asks");
  page.say("asks-place", place);
  for (const gate of page.all("[data-gate]")) gate.hidden = !gates.includes(gate.dataset.gate);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ticked = [...form.querySelectorAll("input:checked")].map(({ value }) => value);
    if (ticked.length) close(page, ticked.map((item) => effects[item]));
    else then();
  });
}

function close(page, told) {
  page.view("closed");
  for (const effect of page.all("[data-effect]")) effect.hidden = !told.includes(effect.dataset.effect);
  page.show("closed-text", !told.includes("emergency"));
}
