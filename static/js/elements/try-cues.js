/* On You: a "Try" beside each switch of the guide's cues, and a word where the phone has none. */
import { patternFor } from "../lib/tunes.js";
import { hasTones, Tones } from "../senses/tones.js";
import { canVibrate, vibrate } from "../senses/vibration.js";
import { hasVoice, speak } from "../senses/voice.js";

const SAMPLE = [
  { inMs: 100, kind: "up", level: 2 },
  { inMs: 1300, kind: "down", level: 1 },
  { inMs: 2500, kind: "letGo", level: 0 },
];

/**
 * Attributes, all sentences from the server: `try` (the button), `sentence` (what is spoken),
 * `no-tones`, `no-voice`, `no-vibration` (shown where it is missing).
 */
class TryCues extends HTMLElement {
  #tones = new Tones();

  connectedCallback() {
    this.#offer("tones", () => this.#sound());
    this.#offer("voice", () => this.#speak());
    this.#offer("vibration", () => this.#vibrate());
  }

  #offer(name, play) {
    const label = this.querySelector(`input[name="${name}"]`)?.closest("label");
    if (!label) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pill";
    button.textContent = this.getAttribute("try");
    const what = document.createElement("span");
    what.className = "sr-only";
    what.textContent = ` ${label.textContent.trim()}`;
    button.append(what);
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    const row = document.createElement("div");
    row.className = "between";
    row.append(button, told);
    label.after(row);
    button.addEventListener("click", async () => {
      told.textContent = (await play()) ? "" : this.getAttribute(`no-${name}`);
    });
  }

  #sound() {
    this.#tones.unlock();
    this.#tones.schedule(SAMPLE, performance.now());
    return hasTones();
  }

  #speak() {
    const lang = document.documentElement.lang;
    speak(this.getAttribute("sentence"), lang);
    return hasVoice(lang);
  }

  #vibrate() {
    return canVibrate() && vibrate(patternFor({ kind: "up" }));
  }
}

customElements.define("try-cues", TryCues);
