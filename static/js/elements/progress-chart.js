/* Redraws the server's charts with Chart.js once they come near, so that a tap tells a week. */
import { minutesChart, painChart } from "../lib/weekly-charts.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

class ProgressChart extends HTMLElement {
  #charts = [];
  #near = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && this.#draw(),
    { rootMargin: "200px" },
  );
  #redraw = () => this.#draw();

  connectedCallback() {
    const pain = this.#part("pain");
    if (pain) this.#near.observe(pain);
  }

  disconnectedCallback() {
    this.#near.disconnect();
    dark.removeEventListener("change", this.#redraw);
    this.#clear();
  }

  async #draw() {
    this.#near.disconnect();
    const { Chart, ...parts } = await import(this.dataset.chart);
    if (!this.isConnected) return;
    Chart.register(...Object.values(parts));
    const { lang } = document.documentElement;
    const data = { lang, ...JSON.parse(this.#part("data").textContent) };
    this.#clear();
    for (const [name, chart] of Object.entries({ pain: painChart, minutes: minutesChart })) {
      const part = this.#part(name);
      if (!part) continue;
      const settings = chart(data, colours(part));
      settings.options.onClick = ({ x }, _marks, { scales }) =>
        this.#lead(data, Math.round(scales.x.getValueForPixel(x)));
      this.#charts.push(new Chart(canvasIn(part), settings));
    }
    dark.addEventListener("change", this.#redraw);
    if (this.#part("closer").hidden) this.#part("hint").hidden = !data.rows.some((row) => row.closer);
  }

  /* To the days or weeks around the tapped mark; the way there is a link, so that a tap that missed
     costs nothing. */
  #lead({ rows }, week) {
    const row = rows.find(({ at }) => at === week);
    const link = this.#part("closer");
    if (!row?.closer) return;
    this.#part("hint").hidden = true;
    link.hidden = false;
    link.href = row.closer;
    link.firstChild.textContent = row.week;
  }

  #clear() {
    for (const chart of this.#charts.splice(0)) {
      const box = chart.canvas.parentElement;
      chart.destroy();
      box.remove();
    }
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
}

function canvasIn(plot) {
  const box = document.createElement("div");
  box.className = "plot__canvas";
  box.append(document.createElement("canvas"));
  plot.prepend(box);
  return box.firstChild;
}

/* What the tokens come to on this ground and scheme: a canvas knows no custom property. */
function colours(ground) {
  const probe = ground.appendChild(document.createElement("i"));
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    line: colour("feel-down"),
    middle: colour("feel-mid"),
    field: colour("field"),
    ink: colour("ink-2"),
    back: colour("down"),
    front: colour("on-down"),
    levels: ["lv-1", "lv-2", "lv-3", "lv-4"].map(colour),
  };
  probe.remove();
  return found;
}

customElements.define("progress-chart", ProgressChart);
