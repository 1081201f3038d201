/* The parts of the shell's page: found, filled, shown. */

export class Page {
  #root;

  constructor(root) {
    this.#root = root;
  }

  part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }

  all(selector) {
    return [...this.#root.querySelectorAll(selector)];
  }

  say(name, text) {
    this.part(name).textContent = text;
  }

  show(name, shown) {
    this.part(name).hidden = !shown;
  }

  /** Text that is only there when there is some. */
  tell(name, text) {
    this.say(name, text ?? "");
    this.show(name, Boolean(text));
  }

  /** One view at a time; the others are not there for anybody. Its heading is where reading begins. */
  view(name) {
    const shown = this.all("[data-view]").some(({ hidden }) => !hidden);
    for (const view of this.all("[data-view]")) view.hidden = view.dataset.view !== name;
    const here = this.#root.querySelector(`[data-view="${name}"]`);
    const heading = here.querySelector("h1");
    if (heading.textContent) document.title = `${heading.textContent} · Sweetspot`;
    if (shown) heading.focus({ preventScroll: true }); // not where the page has just been loaded
    scrollTo(0, 0);
    return here;
  }
}

/** A day in the page's language, in the order in which the app's own dates are. */
export function dayIn(iso) {
  const { lang } = document.documentElement;
  const parts = { weekday: "long", day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, parts).format(new Date(iso));
}
