/* The page of what is on this phone only: of whoever was signed in last, or of a visitor. Of other
   people it tells no more than how many. */
import { VISITOR } from "../lib/outbox.js";
import { counted, newsOf, placeOf, stateOf } from "../lib/told.js";
import { box, flush, takeOut } from "../phone/box.js";
import { ownerHere } from "../phone/owner.js";

class SweetWaiting extends HTMLElement {
  #words = JSON.parse(this.querySelector('[type="application/json"]').textContent);
  #owner = ownerHere() ?? VISITOR;
  #signedOut = false;
  #asked = null;

  connectedCallback() {
    this.#part("send").addEventListener("click", () => this.#send({ again: true }));
    this.#part("file").addEventListener("click", async () => takeOut(await box.waiting(this.#owner)));
    this.#part("remove").addEventListener("close", () => this.#remove());
    addEventListener("online", () => this.#send());
    this.#draw().then(() => this.#send());
  }

  async #send(how) {
    if (this.#owner === VISITOR) return;
    const results = await flush(this.#owner, how);
    if (results.length) this.#signedOut = results.some(({ state }) => state === "signedOut");
    await this.#draw();
  }

  async #draw() {
    const [waiting, news, others] = await Promise.all([
      box.waiting(this.#owner),
      box.news(this.#owner),
      box.others(this.#owner),
    ]);
    this.#part("list").replaceChildren(...news.map((each) => this.#told(each)), ...waiting.map((each) => this.#row(each)));
    this.#show("nothing", waiting.length + news.length === 0);
    this.#show("acts", waiting.length > 0);
    this.#show("send", this.#owner !== VISITOR && !this.#signedOut);
    this.#show("sign-in", this.#signedOut);
    this.#show("others", others > 0);
    this.#part("others").textContent = counted(others, this.#words.others);
  }

  #row(record) {
    const ask = () => {
      this.#asked = record.id;
      this.#part("remove").returnValue = "";
      this.#part("remove").showModal();
    };
    return this.#item(record, stateOf(record, this.#signedOut, this.#words), this.#words.remove, ask);
  }

  #told(record) {
    const seen = () => box.remove(record.id).then(() => this.#draw());
    return this.#item(record, newsOf(record, this.#words), this.#words.seen, seen);
  }

  #item(record, says, key, act) {
    const item = this.#part("item").content.cloneNode(true);
    const say = (name, text) => (item.querySelector(`[data-part="${name}"]`).textContent = text);
    const moment = new Date(record.body.started_at ?? record.body.answered_at ?? record.at);
    const { lang } = document.documentElement;
    const when = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "full", timeStyle: "short" });
    say("place", placeOf(record, this.#words));
    say("when", when.format(moment));
    say("state", says);
    say("act", key);
    item.querySelector("button").addEventListener("click", act);
    return item;
  }

  async #remove() {
    if (this.#part("remove").returnValue !== "remove") return;
    await box.remove(this.#asked);
    await this.#draw();
  }

  #show(name, shown) {
    this.#part(name).hidden = !shown;
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
}

customElements.define("sweet-waiting", SweetWaiting);
