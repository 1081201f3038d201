class TimeZone extends HTMLElement {
  connectedCallback() {
    const field = document.querySelector(`input[name="${this.getAttribute("field")}"]`);
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}

customElements.define("time-zone", TimeZone);
