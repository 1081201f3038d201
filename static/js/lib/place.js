/* Places on a picture: { x, y } in the units of its box, "x y width height", to a tenth. */
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const tenth = (value) => Math.round(value * 10) / 10;
const between = (low, value, high) => Math.min(Math.max(value, low), high);

export function within(box, { x, y }) {
  const [left, top, width, height] = box.split(" ").map(Number);
  return { x: tenth(between(left, x, left + width)), y: tenth(between(top, y, top + height)) };
}

export function middle(box) {
  const [left, top, width, height] = box.split(" ").map(Number);
  return { x: tenth(left + width / 2), y: tenth(top + height / 2) };
}

/* One unit on (some 4 mm) by an arrow key, from the middle where there is no place yet; else null. */
export function stepped(box, place, key) {
  const step = STEPS[key];
  if (!step) return null;
  const { x, y } = place ?? middle(box);
  return within(box, { x: x + step[0], y: y + step[1] });
}
