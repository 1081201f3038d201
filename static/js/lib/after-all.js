/* A file of its own, so that what sends needs nothing of the guide. */

/** Where to answer for it: After of the first, which goes on to the others. */
export function afterAll([first, ...others], answered = `/sessions/${first}/after`) {
  return others.length ? `${answered}?${others.map((id) => `then=${id}`).join("&")}` : answered;
}
