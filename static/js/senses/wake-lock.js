/* Keeps the screen on while the guide runs; phones drop the lock whenever the page is hidden. */

export class WakeLock {
  #lock = null;
  #wanted = false;
  #onRefused;
  #told = false;
  #asking = false;

  /** `onRefused` is called once, when the screen cannot be kept on. */
  constructor({ onRefused = () => {} } = {}) {
    this.#onRefused = onRefused;
  }

  /** On Begin: keep the screen on from here, again each time the page is back. */
  keep() {
    if (this.#wanted) return;
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#ask);
    this.#ask();
  }

  release() {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#ask);
    this.#lock?.release().catch(() => {});
    this.#lock = null;
  }

  #ask = async () => {
    const has = this.#lock && !this.#lock.released;
    if (document.visibilityState !== "visible" || has || this.#asking) return;
    this.#asking = true;
    try {
      if (!navigator.wakeLock) throw new Error("missing");
      const lock = await navigator.wakeLock.request("screen");
      if (!this.#wanted) return void lock.release();
      this.#lock = lock;
      // Released while the page is seen: the phone saves its battery.
      lock.addEventListener("release", () => this.#refusedWhileSeen());
    } catch {
      this.#refusedWhileSeen();
    } finally {
      this.#asking = false;
    }
  };

  #refusedWhileSeen() {
    if (!this.#wanted || this.#told || document.visibilityState !== "visible") return;
    this.#told = true;
    this.#onRefused();
  }
}
