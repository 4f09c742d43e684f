// Which window of which browser this is. A closed tab that comes back is the same window; a second tab beside it is another.

const PREFIX = "touchstone.exam.";
const PATIENCE = 300;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Hold the name as long as this page lives; false where another page of this browser holds it.
function hold(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(PREFIX + name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

function freshName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function chooseWindow(attempt) {
  const known = localStorage.getItem(PREFIX + attempt);
  if (known && ((await hold(known)) || (await wait(PATIENCE), await hold(known)))) return known;
  const fresh = freshName();
  await hold(fresh);
  if (!known) rememberWindow(attempt, fresh);
  return fresh;
}

export function rememberWindow(attempt, name) {
  localStorage.setItem(PREFIX + attempt, name);
}

const DAY = 86_400_000;
let ahead = 0;

// Numbers follow the server's clock where this computer's is ahead: the server takes none from the future.
export function agreeOnTime(serverNow) {
  const now = Date.parse(serverNow);
  ahead = Math.max(0, Date.now() - now);
  if (lastSequence() > now + DAY) localStorage.setItem(`${PREFIX}sequence`, String(now));
}

// What the time is by the clock that answers are numbered by.
export const agreedNow = () => Date.now() - ahead;

// Rises with every answer of this browser, also when the computer's clock was set back meanwhile.
export function nextSequence() {
  const key = `${PREFIX}sequence`;
  const next = Math.max(Number(localStorage.getItem(key)) + 1, agreedNow());
  localStorage.setItem(key, String(next));
  return next;
}

export const lastSequence = () => Number(localStorage.getItem(`${PREFIX}sequence`)) || 0;
