/* Which answers given before several spots belong to which: pain to every spot of a region,
   tenderness to the first one. */

/** `answers` are a form's: pain_<area> and tenderness_before, "" where nothing was answered. */
export function withAnswers(stops, answers) {
  return stops.map(({ area, ...stop }, at) => ({
    ...stop,
    answers: {
      pain_before: score(answers[`pain_${area}`]),
      tenderness_before: at === 0 ? score(answers.tenderness_before) : null,
    },
  }));
}

const score = (value) => (value ? Number(value) : null);
