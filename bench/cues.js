/* In the guide's own page: runs a plan with taps, and notes in `log` when each tone is due. */
async ({ plan, taps, seconds, busyMs }) => {
  const script = document.querySelector('script[src*="sweet-guide"]').src;
  const library = script.replace(/(vendor[/])?js[/]elements[/].*/, "js/lib/");
  const { begin, next } = await import(`${library}guide.js`);
  const { comingCues } = await import(`${library}cues.js`);
  const guide = document.querySelector("sweet-guide");
  const { spot, places, shiftHint } = JSON.parse(document.getElementById("guide-data").textContent);

  // The guide reads the clock first of all, in every tap: that is the moment it counts from.
  const momentOf = (act) => {
    const real = performance.now;
    let first;
    performance.now = () => (first = first ?? real.call(performance), real.call(performance));
    act();
    performance.now = real;
    return first;
  };
  // A run beside it, told of nothing but these moments: what it says is coming is what is due.
  let run = begin(plan);
  let at;
  const expected = (from, until) => comingCues(run)
    .map(({ inMs, kind }) => ({ at: from + inMs, kind }))
    .filter((cue) => cue.at > from + 1 && cue.at < until);
  let coming = [];
  const settle = (until) => log.due.push(...coming.filter((cue) => cue.at < until));

  new MutationObserver(() => {
    log.drawn.push(performance.now());
    log.gaps += guide.dataset.status === "away";
    if (guide.dataset.status === "ended") { settle(Infinity); log.done = true; }
  }).observe(guide, { attributes: true, attributeFilter: ["data-status", "data-level"] });

  const stop = { spot, side: "left", tool: "fingertips", place: places.left, shiftHint, plan, answers: {} };
  at = momentOf(() => guide.begin({ stops: [stop], getReadySeconds: 0, gapSeconds: 0 }));
  coming = expected(at, Infinity);
  for (const [share, part, type] of taps) {
    setTimeout(() => {
      const moment = momentOf(() => guide.querySelector(`[data-part="${part}"]`).click());
      settle(moment);
      run = next(next(run, { type: "tick", ms: moment - at }), { type });
      at = moment;
      coming = expected(at, Infinity);
    }, share * seconds * 1000);
  }
  const block = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };
  if (busyMs) setInterval(() => block(busyMs), 1900);
}
