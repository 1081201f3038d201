/* What was answered in a form after a session, as it stands in the session's document. */

const RATINGS = ["tenderness_after", "other_side_after", "pain_after", "peak_discomfort"];
const CHOICES = ["quality", "your_pain"];

/** Only of the questions that the form asks. */
export function answersOf(form) {
  const answers = new FormData(form);
  const asked = (names) => names.filter((name) => form.elements.namedItem(name));
  const score = (name) => (answers.get(name) ? Number(answers.get(name)) : null);
  return {
    ...Object.fromEntries(asked(RATINGS).map((name) => [name, score(name)])),
    ...Object.fromEntries(asked(CHOICES).map((name) => [name, answers.get(name) || null])),
    ...(asked(["felt_in"]).length && { felt_in: answers.getAll("felt_in") }),
    note: answers.get("note").trim(),
  };
}
