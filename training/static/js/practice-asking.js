// Asking the server for a page, and sending it what a form holds: the page that comes back, or why none did.

const PATIENCE = 15_000;

const isDoor = (response) => response.redirected && new URL(response.url).pathname.endsWith("/sign-in");

async function answerTo(url, options) {
  let response;
  let text;
  try {
    response = await fetch(url, { ...options, headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
    text = await response.text();
  } catch {
    return { problem: "offline" };
  }
  const { status } = response;
  if (status === 204) return {};
  if (isDoor(response)) return { problem: "signed-out" };
  if (status >= 500 || status === 429) return { problem: "away" };
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.getElementById("main")) return { problem: "away" };
  const own = response.headers.get("Content-Location");
  return { page, url: own ? new URL(own, response.url).href : response.url, status, isRedirected: response.redirected };
}

export const ask = (url) => answerTo(url);

export const sendFields = (url, fields) => answerTo(url, { method: "POST", body: new URLSearchParams(fields) });

export const fieldsOf = (form, submitter) => [...new FormData(form, submitter?.form === form ? submitter : null)];

export const send = (form, submitter) => sendFields(form.action, fieldsOf(form, submitter));
