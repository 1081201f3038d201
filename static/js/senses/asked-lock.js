/* One guide at a time where there are no Web Locks, over plain http: the tabs ask each other. */

const CHANNEL = "guide";
const ANSWER_WITHIN_MS = 200;

export class AskedLock {
  #channel = null;
  #held = false;
  #answer = () => {};
  #onLost;

  constructor(onLost) {
    this.#onLost = onLost;
  }

  async hold() {
    this.#open();
    this.#held = await new Promise((resolve) => {
      this.#answer = resolve;
      this.#channel?.postMessage("whose?");
      setTimeout(() => resolve(true), this.#channel ? ANSWER_WITHIN_MS : 0);
    });
    if (!this.#held) this.release();
    return this.#held;
  }

  async takeOver() {
    this.#open();
    this.#channel?.postMessage("taken");
    this.#held = true;
    return true;
  }

  release() {
    this.#held = false;
    this.#channel?.close();
    this.#channel = null;
  }

  #open() {
    if (this.#channel || !("BroadcastChannel" in globalThis)) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener("message", ({ data }) => this.#hear(data));
  }

  #hear(said) {
    if (said === "mine") this.#answer(false);
    if (!this.#held) return;
    // It was frozen when it was asked, so it has lost the guide meanwhile.
    if (said === "mine") this.#channel.postMessage("taken");
    if (said === "whose?") this.#channel.postMessage("mine");
    if (said === "taken") {
      this.release();
      this.#onLost();
    }
  }
}
