/* Points and bars of a weekly chart from the page's numbers; x is the week, counted from 0. */

export const SHIFT = { before: -0.225, tenderness: 0, median: 0, after: 0.225 };

/** One point per week at its median; a week without ratings is a hole (NaN), never a zero. */
export function medians({ weeks, rows }, name) {
  const points = Array.from({ length: weeks }, (_, at) => ({ x: at + SHIFT[name], y: NaN }));
  for (const row of rows) if (row[name]) points[row.at].y = row[name][0] ?? NaN;
  return points;
}

/** From the lowest rating to the highest, for each week that has any. */
export function ranges({ rows }, name) {
  return rows
    .filter((row) => row[name])
    .map((row) => ({ x: row.at + SHIFT[name], low: row[name][1], high: row[name][2] }));
}

/** Minutes at `level` (1-4) for each week that was timed, the same weeks for every level. */
export function minutes({ rows }, level) {
  return rows
    .filter((row) => row.seconds)
    .map((row) => ({ x: row.at, y: row.seconds[level - 1] / 60 || NaN })); // no hairline for zero
}

/** What a tapped week says of one line, or nothing: its name, median and range. */
export function sayRatings(row, name, word, lang) {
  const [median, low, high] = row[name];
  return `${word}: ${median.toLocaleString(lang)}${low === high ? "" : ` (${low}–${high})`}`;
}

export function sayMinutes(value, word) {
  const seconds = Math.round(value * 60);
  return `${word}: ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
