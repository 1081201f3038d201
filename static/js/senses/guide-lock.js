/* One guide at a time over all tabs: a second one may take over, and the first is told. */

import { GUIDE_LOCK } from "../lib/saved-run.js";

const CLOSING_MS = 1000; // far longer than a tab takes to go

/**
 * `onLost` is called when another tab took over. hold() answers whether this tab may run the
 * guide, holdSoon() waits for a tab that is just being closed, takeOver() makes it so, release()
 * gives it back. Web Locks need https: over plain http the tabs ask each other, and without either
 * every tab may.
 */
export function guideLock({ onLost = () => {} } = {}) {
  return navigator.locks ? new WebLock(onLost) : asked(onLost);
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

  holdSoon() {
    return this.#request({ signal: AbortSignal.timeout(CLOSING_MS) });
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
      navigator.locks.request(GUIDE_LOCK, options, use).catch(({ name }) => {
        // A lock that cannot be asked for never stands in the way of a session.
        if (this.#letGo) this.#lose();
        else answer(name !== "TimeoutError");
      });
    });
  }

  #lose() {
    this.release();
    this.#onLost();
  }
}

/** Over plain http, and only there, the other way is loaded. */
function asked(onLost) {
  const lock = import("./asked-lock.js").then(({ AskedLock }) => new AskedLock(onLost));
  const later = (name) => async () => (await lock)[name]();
  return { hold: later("hold"), holdSoon: later("hold"), takeOver: later("takeOver"), release: later("release") };
}
