/* Sends what the guide did, in the background: a record leaves the outbox when the server has it. */
import { outbox, send } from "../lib/outbox.js";
import { afterAll } from "../lib/stops.js";

export class Post {
  #owner;
  #box = outbox(localStorage);
  #records = new Map();
  #answers = new Map();
  #held = new Set();

  constructor(owner) {
    this.#owner = owner;
  }

  /** Keep a record on this phone and send it meanwhile; one to `hold` can still be kept anew. */
  keep(record, { hold = false } = {}) {
    const inBox = this.#box.keep(record);
    this.#records.set(record.id, { record, inBox });
    if (hold) this.#held.add(record.id);
    else this.#send(record.id);
  }

  /** Send what was held. */
  sendHeld() {
    for (const id of this.#held) this.#send(id);
  }

  /** Whether this phone keeps all that the server does not have. */
  get isSafe() {
    return [...this.#records.values()].every(({ inBox }) => inBox);
  }

  /**
   * What became of these records: {state, why, inBox} of the worst off, or kept with `after`,
   * where to go on. With `again`, those that were not kept are sent again.
   */
  async outcome(ids, { again = false } = {}) {
    for (const record of this.#box.of(this.#owner)) {
      if (!this.#records.has(record.id)) this.#records.set(record.id, { record, inBox: true });
    }
    const all = await Promise.all(ids.map((id) => this.#answerTo(id, again)));
    const left = all.find(({ state }) => state !== "kept");
    return left ?? { state: "kept", after: afterAll(ids, all[0].after) };
  }

  async #answerTo(id, again) {
    // Sent before a reload, and kept: the outbox knows nothing of it any more.
    if (!this.#records.has(id)) return { state: "kept" };
    const answer = await (this.#answers.get(id) ?? this.#send(id));
    return again && answer.state !== "kept" ? this.#send(id) : answer;
  }

  #send(id) {
    const { record, inBox } = this.#records.get(id);
    this.#held.delete(id);
    const answer = send(record, (...request) => fetch(...request)).then((told) => {
      if (told.state !== "kept") return { ...told, inBox };
      this.#box.drop(id);
      this.#records.set(id, { record, inBox: true });
      return { ...told, inBox: true };
    });
    this.#answers.set(id, answer);
    return answer;
  }
}
