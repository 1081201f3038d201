class ShowPassword extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.#show(button, button.ariaPressed !== "true"));
    this.closest("form")?.addEventListener("submit", () => this.#show(button, false));
  }

  #show(button, shown) {
    this.querySelector("input").type = shown ? "text" : "password";
    button.ariaPressed = String(shown);
  }
}

customElements.define("show-password", ShowPassword);
