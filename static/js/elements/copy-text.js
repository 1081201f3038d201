/* A text to take along: its button copies what stands in the field beside it. */

/** Attributes, sentences from the server: `copied`, and `failed` where the browser does not let us. */
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.#copy(this.querySelector("input")));
  }

  async #copy(field) {
    field.select();
    const done = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    );
    this.querySelector("[role=status]").textContent = this.getAttribute(done ? "copied" : "failed");
  }
}

customElements.define("copy-text", CopyText);
