/* The day's question without network: which region is asked next. */
import { dayOf } from "./kept.js";

/**
 * {day, region, side, place, number, of} of what is still to be answered today, or null. `days` is
 * what the server knew: {on, asked: [[region, side, place]], rated: [[region, side]]}; `ratings`
 * are the bodies of what was answered here since.
 */
export function toRate({ days, zone }, ratings, now) {
  if (!days) return null;
  const day = dayOf(now, zone);
  const known = days.on === day ? days.rated : [];
  const here = ratings.filter((each) => each.local_date === day).map(({ region, side }) => [region, side]);
  const isRated = ([region, side]) => [...known, ...here].some((each) => each[0] === region && each[1] === side);
  const at = days.asked.findIndex((where) => !isRated(where));
  if (at < 0) return null;
  const [region, side, place] = days.asked[at];
  const done = days.asked.filter(isRated).length;
  return { day, region, side, place, number: done + 1, of: days.asked.length };
}
