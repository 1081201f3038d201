class CopyLink extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.#copy());
  }

  async #copy() {
    const address = this.querySelector("input");
    address.select();
    try {
      await navigator.clipboard.writeText(address.value);
      this.#say(this.dataset.copied);
    } catch {
      this.#say(this.dataset.failed);
    }
  }

  #say(words) {
    this.querySelector("[role=status]").textContent = words;
  }
}

customElements.define("copy-link", CopyLink);
