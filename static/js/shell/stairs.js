/* The plan as stairs, as components/levels.html draws them: width is seconds, depth is level. */

const SVG = "http://www.w3.org/2000/svg";
const DEPTHS = [4, 40, 82, 120, 154];
const HEIGHTS = [26, 64, 106, 144, 178];

export function drawStairs(svg, { phases }, levels) {
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  const [deepest, narrow] = [Math.max(...phases.map(({ level }) => level)), 5];
  svg.setAttribute("height", HEIGHTS[deepest]);
  let [x, before] = [0, null];
  svg.replaceChildren(...phases.map(({ seconds, level }) => {
    const [share, depth] = [(100 * seconds) / total, DEPTHS[level]];
    const middle = `${x + share / 2}%`;
    const step = made("g", { class: `lv-${level}` });
    step.append(made("rect", { x: `${x}%`, y: -16, width: `${share}%`, height: depth + 16, rx: 13 }));
    if (level && share >= narrow) step.append(made("text", { class: "on", x: middle, y: depth - 14 }, level));
    const fits = share >= Math.max(14, 2.3 * levels[level].length) && level !== before;
    if (fits) step.append(made("text", { x: middle, y: depth + 18 }, levels[level]));
    [x, before] = [x + share, level];
    return step;
  }));
}

function made(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}
