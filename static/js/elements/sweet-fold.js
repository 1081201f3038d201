class SweetFold extends HTMLElement {
  #tapped = false;

  connectedCallback() {
    this.addEventListener("pointerdown", () => { this.#tapped = true; });
    this.addEventListener("keydown", () => { this.#tapped = false; });
    this.addEventListener("change", () => {
      this.#showAnswer();
      // Arrow keys change the answer on the way to another: fold only after a tap.
      if (this.#tapped && this.#answer) this.#makeWayForNext();
    });
    this.#showAnswer();
  }

  get #answer() {
    return this.querySelector("input:checked")?.value ?? "";
  }

  #showAnswer() {
    this.querySelector("output").textContent = this.#answer;
  }

  #makeWayForNext() {
    const folds = [...document.querySelectorAll("sweet-fold")];
    const next = folds.find((fold) => !fold.#answer && !fold.hasAttribute("optional"));
    this.querySelector("details").open = false;
    if (next) next.querySelector("details").open = true;
    (next ?? this).querySelector("summary").focus({ preventScroll: true });
  }
}

customElements.define("sweet-fold", SweetFold);
