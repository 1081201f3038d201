/* The body as places to hit: their order, the way of the arrows, and what needs an inset.
   An area is { x, y, r, view }: the middle of a region, and how far from it a finger still hits. */

export const THUMB = 36; // px
const ROW = 12; // units of the body within which places stand side by side

/** Areas as rows from head to foot, each from the viewer's left to right; view after view. */
export function rowsOf(areas) {
  const rows = [];
  const views = [...new Set(areas.map((area) => area.view))];
  for (const view of views) {
    const down = areas.filter((area) => area.view === view).sort((a, b) => a.y - b.y);
    for (const area of down) {
      const row = rows.at(-1);
      if (row?.[0].view === view && area.y - row[0].y <= ROW) row.push(area);
      else rows.push([area]);
    }
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x));
}

/** Where a key leads from an area: along the reading order, or to the nearest of the next row. */
export function step(rows, from, key) {
  const order = rows.flat();
  const at = order.indexOf(from);
  if (key === "Home") return order[0];
  if (key === "End") return order.at(-1);
  if (key === "ArrowRight") return order[at + 1] ?? from;
  if (key === "ArrowLeft") return order[at - 1] ?? from;
  const row = rows.findIndex((each) => each.includes(from));
  const next = { ArrowDown: rows[row + 1], ArrowUp: rows[row - 1] }[key];
  return next?.reduce((a, b) => (Math.abs(b.x - from.x) < Math.abs(a.x - from.x) ? b : a)) ?? from;
}

/** The inset a thumb needs for an area drawn at `scale` px per unit; null where it hits at once.
    Of the insets around it the one that shows most, if it fits `width` px large enough. */
export function insetFor(area, zooms, scale, width) {
  if (2 * area.r * scale >= THUMB) return null;
  const around = zooms
    .filter((zoom) => zoom.view === area.view && holds(zoom.box, area))
    .sort((a, b) => wide(b) - wide(a));
  const enough = around.find((zoom) => (2 * area.r * width) / wide(zoom) >= THUMB);
  const best = enough ?? around.at(-1);
  return best && width / wide(best) > scale * 1.1 ? best : null;
}

/** Whether a viewBox shows at least half of an area. */
export function shows(box, { x, y, r }) {
  const [left, top, width, height] = sizes(box);
  return x > left - r / 2 && x < left + width + r / 2 && y > top - r / 2 && y < top + height + r / 2;
}

const sizes = (box) => box.split(" ").map(Number);
const wide = (zoom) => sizes(zoom.box)[2];

function holds(box, { x, y }) {
  const [left, top, width, height] = sizes(box);
  return x >= left && x <= left + width && y >= top && y <= top + height;
}
