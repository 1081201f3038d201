/* Around the questions after a session: the answers are kept on this phone before they are sent, and
   meet what another phone said meanwhile field by field. Without this script the form just sends. */
import { answersOf } from "../phone/answers.js";
import { box, flush, keep } from "../phone/box.js";

const LONGEST_NOTE = 10_000; // sessions/forms.py

class SweetAnswers extends HTMLElement {
  #copy = JSON.parse(this.querySelector('[type="application/json"]').textContent);
  #form = this.querySelector("form");

  connectedCallback() {
    this.#form.addEventListener("submit", (event) => {
      const longest = Math.max(LONGEST_NOTE, this.#copy.session.note.length); // two notes may have met
      if (this.#form.elements.note.value.length > longest) return; // the server says so in the form
      event.preventDefault();
      this.#save().catch(() => this.#form.submit());
    });
  }

  async #save() {
    const { session, owner, also } = this.#copy;
    const { id, revision, entry, local_date, clock_uncertain, deleted, ...base } = session;
    const body = { ...base, ...answersOf(this.#form), ...also };
    await keep({ id, owner, body, base, based_on: revision });
    this.#say(this.dataset.kept);
    await flush(owner, { again: true });
    await this.#goOn(id);
  }

  async #goOn(id) {
    const left = await box.get(id);
    if (!left || left.state === "told") return location.assign(this.dataset.next);
    if (left.state !== "attention") return this.#say(this.dataset.unsent);
    await box.remove(id); // the server shows in the form what is wrong with it
    this.#form.submit();
  }

  #say(text) {
    const line = this.querySelector('[data-part="kept"]');
    line.hidden = false;
    line.textContent = text;
  }
}

customElements.define("sweet-answers", SweetAnswers);
