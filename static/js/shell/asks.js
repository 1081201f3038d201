/* What is asked for safety before a spot: the gates that are due, and the list. */

/** Ask these; `then` gets what was said, {answers: {gate: [item]}, entries, answered_at}. */
export function ask(page, { place, gates }, then) {
  const form = page.view("asks");
  page.say("asks-place", place);
  for (const gate of page.all("[data-gate]")) gate.hidden = !gates.includes(gate.dataset.gate);
  let isSaid = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isSaid) then(said(page, gates)); // a second tap says nothing new
    isSaid = true;
  });
}

/** Whom the person noted to call in an emergency, wherever it says to call. */
export function tellCall(root, call) {
  if (!call) return;
  for (const line of root.querySelectorAll('[data-part="own-call"]')) {
    const whom = line.querySelector("a");
    whom.textContent = call.text;
    if (call.tel) whom.href = `tel:${call.tel}`;
    line.hidden = false;
  }
}

function said(page, gates) {
  const ticked = (gate) => page.all(`[data-gate="${gate}"] input:checked`).map(({ value }) => value);
  const { list = null, ...answers } = Object.fromEntries(gates.map((gate) => [gate, ticked(gate)]));
  return { answers, entries: list, answered_at: new Date().toISOString() };
}

/** It does not start: `ids` are the effects that say what to do instead, `isKept` whether the phone has the answer. */
export function close(page, ids, effects, isKept) {
  page.view("closed");
  for (const block of page.all("[data-effect]")) {
    const { effect } = block.dataset;
    block.hidden = !ids.includes(effect);
    block.firstElementChild.textContent = effects[effect].text;
  }
  const isEmergency = ids.includes("emergency");
  page.part("own-call").hidden ||= !isEmergency;
  page.show("closed-text", isKept && !isEmergency);
}
