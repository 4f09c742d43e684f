// How long to wait before the server is asked again.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

// Half to all of a doubling wait, so that a thousand browsers do not come back at the same instant.
export const waitAfter = (failures) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures) * (0.5 + Math.random() / 2);
