/* Which plan is for what was chosen on Prepare, and whether it may begin. */

export const keyOf = ({ side, tool }) => `${side}/${tool}`;

/* variants: { fits: ["left/fingertips", "left/fingertips/further"] }; to stay is what is not chosen otherwise. */
export function planFor(variants, answers) {
  const fitting = (key) => variants.find(({ fits }) => fits.includes(key));
  const further = answers[`further_${answers.side}`];
  return (further && fitting(`${keyOf(answers)}/${further}`)) || fitting(keyOf(answers));
}

/* asked: the sides where "fully normal again?" has to be answered yes. */
export function mayBegin({ refused }, asked, answers) {
  return !refused && (!asked.includes(answers.side) || answers[`normal_${answers.side}`] === "yes");
}
