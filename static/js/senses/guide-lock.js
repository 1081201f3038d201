/* One guide at a time over all tabs: a second one may take over, and the first is told. */

import { GUIDE_LOCK } from "../lib/saved-run.js";

const ANSWER_WITHIN_MS = 200;

/**
 * `onLost` is called when another tab took over. hold() answers whether this tab may run the
 * guide, takeOver() makes it so, release() gives it back. Web Locks need https: over plain
 * http the tabs ask each other, and without either every tab may.
 */
export function guideLock({ onLost = () => {} } = {}) {
  return navigator.locks ? new WebLock(onLost) : new AskedLock(onLost);
}

class WebLock {
  #letGo = null;
  #onLost;

  constructor(onLost) {
    this.#onLost = onLost;
  }

  hold() {
    return this.#request({ ifAvailable: true });
  }

  takeOver() {
    return this.#request({ steal: true });
  }

  release() {
    this.#letGo?.();
    this.#letGo = null;
  }

  #request(options) {
    return new Promise((answer) => {
      const use = (lock) => {
        answer(lock !== null);
        return lock && new Promise((resolve) => (this.#letGo = resolve));
      };
      navigator.locks.request(GUIDE_LOCK, options, use).catch(() => {
        // A lock that cannot be asked for never stands in the way of a session.
        if (this.#letGo) this.#lose();
        else answer(true);
      });
    });
  }

  #lose() {
    this.release();
    this.#onLost();
  }
}

class AskedLock {
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
    this.#channel = new BroadcastChannel(GUIDE_LOCK);
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
