/* Loads the drawing of the body once and puts its views on the page. */

const SVG = "http://www.w3.org/2000/svg";
const loaded = new Map();

/** The views of the drawing: id -> its <svg>. Fails when it does not load or is not a drawing. */
export function load(address) {
  if (!loaded.has(address)) loaded.set(address, fetchViews(address));
  return loaded.get(address);
}

async function fetchViews(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the drawing answered ${answer.status}`);
  const parsed = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const views = [...parsed.querySelectorAll("svg > svg")];
  if (!views.length) throw new Error("the drawing has no views");
  share(views.flatMap((view) => [...view.querySelectorAll("defs")]));
  return Object.fromEntries(views.map((view) => [view.id.replace("body-", ""), view]));
}

// One set of shapes for all views on the page: a mask in something hidden would hide what it masks.
function share(shapes) {
  const home = element("svg", { width: 0, height: 0, class: "body__shapes", "aria-hidden": "true" });
  home.append(...shapes);
  document.body.append(home);
}

export function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A view, cropped to `box`, as an <svg> of its own. */
export function draw(view, box, attributes = {}) {
  const drawn = element("svg", { viewBox: box, class: "body", ...attributes });
  drawn.append(...[...view.childNodes].map((node) => document.importNode(node, true)));
  return drawn;
}

export const regionsOf = (drawn) => [...drawn.querySelectorAll("[data-region]")];

/** A region as the list and the address name it: "low_back.left", "face". */
export const valueOf = ({ dataset: { region, side } }) =>
  side === "mid" ? region : `${region}.${side}`;
