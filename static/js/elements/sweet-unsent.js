/* On Today: how much is on this phone only, whether something of somebody else is, and what the
   person is to know of what was sent. */
import { counted } from "../lib/told.js";
import { box, flush, takeSent } from "../phone/box.js";

class SweetUnsent extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#flush({ again: true }));
    addEventListener("online", () => this.#flush());
    this.#flush();
  }

  async #flush(how) {
    const results = await flush(this.#owner, how);
    const left = await this.look();
    const isNew = results.some(({ state, told }) => state === "kept" && !told.length);
    if (!left && (takeSent().some(isAsked) || isNew)) location.reload();
  }

  /** Show what is here now; answers how many wait. */
  async look() {
    const [waiting, news, others] = await Promise.all([
      box.waiting(this.#owner),
      box.news(this.#owner),
      box.others(this.#owner),
    ]);
    const sessions = waiting.filter(({ kind }) => kind === "session").length;
    this.#say("waiting", sessions);
    this.#say("answers", sessions ? 0 : waiting.length);
    this.#say("news", news.length);
    this.#say("others", others);
    this.querySelector("button").hidden = waiting.length === 0;
    this.querySelector("a").hidden = waiting.length + news.length === 0;
    this.hidden = waiting.length + news.length + others === 0;
    return waiting.length;
  }

  #say(name, n) {
    const line = this.querySelector(`[data-part="${name}"]`);
    line.hidden = n === 0;
    line.textContent = counted(n, line.dataset);
  }

  get #owner() {
    return this.getAttribute("owner");
  }
}

/* Whoever sent it, this page may have been made before. */
const isAsked = (path) => Boolean(document.querySelector(`form[action="${path}"]`));

customElements.define("sweet-unsent", SweetUnsent);
