/* Sends what stands behind the # of the address, which browsers keep to themselves, and takes it
   out of the address bar and the history. */
class OpenLink extends HTMLElement {
  connectedCallback() {
    addEventListener("hashchange", () => this.#send());
    this.#send();
  }

  #send() {
    const token = location.hash.slice(1);
    if (!token) return;
    history.replaceState(null, "", location.pathname);
    this.querySelector("[name=token]").value = token;
    this.querySelector("form").submit();
  }
}

customElements.define("open-link", OpenLink);
