/* Press here, felt there: the body with the mark of one offered spot, its fields and their line. */
import { draw, element, load, regionsOf } from "../body/drawing.js";

class SweetPicture extends HTMLElement {
  #views;
  #pictures;

  async connectedCallback() {
    try {
      this.#views = await load(this.dataset.drawing);
    } catch {
      this.hidden = true; // the list of spots is there
      return;
    }
    this.#pictures = JSON.parse(this.querySelector("script").textContent);
    this.addEventListener("change", (event) => this.#show(Number(event.target.value)));
    for (const offer of document.querySelectorAll("[data-offer]")) {
      const choose = () => this.#choose(Number(offer.dataset.offer));
      offer.addEventListener("pointerenter", choose);
      offer.addEventListener("focusin", choose);
    }
    this.dataset.ready = "";
    this.#show(Number(this.querySelector("input:checked")?.value ?? 0));
  }

  #choose(at) {
    const radio = this.querySelector(`input[value="${at}"]`);
    if (radio) radio.checked = true;
    this.#show(at);
  }

  #show(at) {
    const picture = this.#pictures[at];
    const stage = element("svg", { viewBox: "0 0 120 100", role: "img", class: "body" });
    stage.append(...picture.panels.map((panel) => this.#panel(panel)));
    for (const [x, y, toX, toY] of picture.lines) {
      const d = `M${x} ${y}L${toX} ${toY}`;
      stage.append(element("path", { class: "body__line body__line--under", d }));
      stage.append(element("path", { class: "body__line", d }));
      stage.append(element("circle", { class: "body__end", cx: toX, cy: toY, r: 2 }));
    }
    for (const [x, y, rx, ry] of picture.presses) {
      stage.append(element("ellipse", { class: "body__reach", cx: x, cy: y, rx, ry }));
      stage.append(element("circle", { class: "body__press", cx: x, cy: y, r: 2.8 }));
    }
    for (const [at, label] of picture.views.entries()) {
      const text = element("text", { class: "body__view", x: picture.panels[at][2] + 2, y: 8 });
      text.textContent = label;
      stage.append(text);
    }
    stage.setAttribute("aria-label", picture.told);
    this.querySelector('[data-part="stage"]').replaceChildren(stage);
    this.querySelector('[data-part="press"]').textContent = picture.press;
    this.querySelector('[data-part="felt"]').textContent = picture.said;
  }

  #panel([view, box, x, width, asked, felt]) {
    const drawn = draw(this.#views[view], box, { x, width, height: 100, "aria-hidden": true });
    const among = (places, { region, side }) => places.some(([r, s]) => r === region && s === side);
    for (const place of regionsOf(drawn)) {
      if (among(asked, place.dataset)) place.classList.add("body__asked");
      else if (among(felt, place.dataset)) place.classList.add("body__felt");
    }
    return drawn;
  }
}

customElements.define("sweet-picture", SweetPicture);
