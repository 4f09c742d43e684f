// Asking the server for a page, and sending it a form: the page that comes back, or in words why none did.

const PATIENCE = 15_000;

const OFFLINE = "No connection, so nothing happened. Try again in a moment.";
const SIGNED_OUT = "You are signed out, so nothing happened. Sign in again in another tab, then try again here.";
const AWAY = "Touchstone does not answer just now, so nothing happened. Try again in a moment.";

const isDoor = (response) => response.redirected && new URL(response.url).pathname.endsWith("/sign-in");

async function answerTo(url, options) {
  let response;
  let text;
  try {
    response = await fetch(url, { ...options, headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
    text = await response.text();
  } catch {
    return { problem: OFFLINE };
  }
  if (response.status === 204) return {};
  if (isDoor(response)) return { problem: SIGNED_OUT };
  if (response.status >= 500) return { problem: AWAY };
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.getElementById("main")) return { problem: AWAY };
  const own = response.headers.get("Content-Location");
  return { page, url: own ? new URL(own, response.url).href : response.url, status: response.status, isRedirected: response.redirected };
}

export const ask = (url) => answerTo(url);

// `more` are fields that the form does not have.
export function send(form, { submitter, to = form.action, more = {} } = {}) {
  const body = new URLSearchParams(new FormData(form, submitter?.form === form ? submitter : null));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return answerTo(to, { method: "POST", body });
}
