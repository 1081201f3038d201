/* Hands what the guide did to the outbox, and tells what became of it. */
import { afterAll } from "../lib/after-all.js";
import { memory } from "../lib/memory.js";
import { outbox, VISITOR } from "../lib/outbox.js";
import { box, flush, keep, send, takeOut } from "../phone/box.js";
import { noteDone } from "../phone/done.js";
import { remember } from "../phone/owner.js";

export class Post {
  #owner;
  #spare = outbox(memory(), send); // what this phone has no room for, while the page is open
  #held = null;

  constructor(owner) {
    this.#owner = owner;
    if (owner !== VISITOR) remember(owner);
  }

  /**
   * Keep a record on this phone, and send it meanwhile; one to `hold` can still be kept anew.
   * Answers whether there was room for it.
   */
  async keep(record, { hold = false } = {}) {
    noteDone(record);
    if (hold) this.#held = record.id;
    else if (this.#held === record.id) this.#held = null;
    const inBox = await keep({ ...record, hold }).then(
      () => true,
      () => false,
    );
    if (inBox) await this.#spare.remove(record.id);
    else await this.#spare.keep({ at: 0, ...record, hold });
    if (!hold) this.#flush();
    return inBox;
  }

  /** Send what was held. */
  sendHeld() {
    this.#held = null;
    return this.#flush();
  }

  /** Whether this phone keeps all that the server does not have. */
  async isSafe() {
    return (await this.#spare.waiting(this.#owner)).length === 0;
  }

  /** What this phone has no room for, as a file. */
  async takeOut() {
    takeOut(await this.#spare.waiting(this.#owner));
  }

  /**
   * What became of these records: {state, why, inBox} of the first that was not kept (refused,
   * signedOut or unsent), or kept with `after`, where to go on.
   */
  async outcome(ids) {
    this.#held = null;
    const results = await this.#flush({ again: true });
    for (const id of ids) {
      const inBox = await box.get(id);
      const record = inBox ?? (await this.#spare.get(id));
      // Sent in another tab, or before a reload: the outbox knows nothing of it any more.
      if (!record || record.state === "told") continue;
      const signedOut = results.some(({ state }) => state === "signedOut");
      const state = record.state === "attention" ? "refused" : signedOut ? "signedOut" : "unsent";
      return { state, why: record.why, inBox: Boolean(inBox) };
    }
    return { state: "kept", after: afterAll(ids, results.find(({ id }) => id === ids[0])?.after) };
  }

  async #flush(how) {
    if (this.#owner === VISITOR) return []; // there is nobody yet to send it for
    const all = { held: this.#held, ...how };
    return [...(await flush(this.#owner, all)), ...(await this.#spare.flush(this.#owner, all))];
  }
}
