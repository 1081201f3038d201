/* On You, Reminders: asks the browser for notifications, on a tap alone, and says where it cannot. */
import { isApplePhone, obstacle } from "../lib/can-notify.js";

/**
 * Attributes: `action` (where the subscription goes), `key` (who sends, base64url), and sentences
 * from the server: one for each obstacle, and `failed`.
 */
class NotifyMe extends HTMLElement {
  #key = this.querySelector("button");
  #told = this.querySelector("[role=status]");

  connectedCallback() {
    this.#key.addEventListener("click", () => this.#switchOn());
    this.#look();
  }

  #look() {
    const stands = obstacle({
      secure: isSecureContext,
      worker: "serviceWorker" in navigator,
      push: "PushManager" in globalThis,
      permission: globalThis.Notification?.permission,
      apple: isApplePhone(navigator.userAgent, navigator.maxTouchPoints),
      installed: navigator.standalone === true || matchMedia("(display-mode: standalone)").matches,
    });
    this.#key.hidden = stands !== null;
    this.#say(stands);
  }

  async #switchOn() {
    this.#key.disabled = true;
    try {
      // The first thing after the tap, or some browsers take it for nobody's wish.
      const answer = await Notification.requestPermission();
      if (answer === "granted") await this.#subscribe();
      else this.#look();
    } catch {
      this.#say("failed");
    } finally {
      this.#key.disabled = false;
    }
  }

  async #subscribe() {
    const registered = await navigator.serviceWorker.getRegistration();
    if (!registered) return this.#say("failed");
    const { pushManager } = await navigator.serviceWorker.ready;
    // Whoever used this browser before is not told any more: their address ends here.
    await (await pushManager.getSubscription())?.unsubscribe();
    const subscription = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: this.getAttribute("key"),
    });
    const answer = await fetch(this.getAttribute("action"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(subscription),
    });
    if (answer.ok) return location.reload();
    await subscription.unsubscribe();
    this.#told.textContent = (await answer.json()).error;
  }

  #say(what) {
    this.#told.textContent = what ? this.getAttribute(what) : "";
  }
}

customElements.define("notify-me", NotifyMe);
