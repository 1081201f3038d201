/* Says of each thing the guide can use whether the phone in hand has it. */
import { canVibrate } from "../senses/vibration.js";
import { hasTones } from "../senses/tones.js";
import { hasVoice } from "../senses/voice.js";

const CHECKS = {
  secure: () => isSecureContext,
  storage: () => remembers(),
  screen: () => "wakeLock" in navigator,
  sound: () => hasTones(),
  voice: () => hasVoice(document.documentElement.lang),
  vibration: () => canVibrate(),
  tabs: () => "locks" in navigator,
  kept: async () => (await navigator.storage?.persisted?.()) ?? false,
};

class PhoneChecks extends HTMLElement {
  connectedCallback() {
    this.#look();
    // Some browsers only know their voices a moment later.
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", this.#look);
  }

  disconnectedCallback() {
    globalThis.speechSynthesis?.removeEventListener?.("voiceschanged", this.#look);
  }

  #look = () => {
    for (const place of this.querySelectorAll("[data-check]")) this.#check(place);
  };

  async #check(place) {
    const there = await CHECKS[place.dataset.check]();
    place.textContent = there ? this.dataset.yes : this.dataset.no;
  }
}

function remembers() {
  const key = "sweetspot.check";
  try {
    localStorage.setItem(key, "1");
    localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

customElements.define("phone-checks", PhoneChecks);
