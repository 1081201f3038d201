/** Where the run of a person is kept while it goes on (saved-run.js). */
export const savedRunKey = (owner) => `sweetspot.run.${owner}`;
