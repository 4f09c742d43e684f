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
  if (isDoor(response)) return { problem: SIGNED_OUT };
  if (response.status >= 500) return { problem: AWAY };
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.getElementById("main")) return { problem: AWAY };
  return { page, url: response.url, status: response.status, isRedirected: response.redirected };
}

export const ask = (url) => answerTo(url);

export function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter?.form === form ? submitter : null));
  return answerTo(form.action, { method: "POST", body });
}
