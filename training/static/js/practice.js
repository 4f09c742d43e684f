// Practising without loading pages anew: what a page's own buttons send goes by fetch, and the page that comes back takes this one's place.
//
// It is the same page that a browser without script gets: nothing is rendered twice.

import "./case-answer.js";
import "./case-clock.js";
import "./case-pictures.js";
import "./press-keys.js";
import { ask, send } from "./practice-asking.js";
import { beginHistory, place, putInPlace } from "./practice-page.js";
import { tell } from "./practice-telling.js";

let isBusy = false;

// What became of it: the page that came back, or words about why there is none.
async function goOn(request, { isBack = false } = {}) {
  if (isBusy) return;
  isBusy = true;
  document.getElementById("main").setAttribute("aria-busy", "true");
  try {
    const answer = await request;
    if (answer.page) await putInPlace(answer, { isBack });
    else if (isBack) location.reload();
    else tell("warn", answer.problem);
  } finally {
    isBusy = false;
    document.getElementById("main").removeAttribute("aria-busy");
  }
}

const isOurs = (form) => form.method === "post" && document.getElementById("main").contains(form) && new URL(form.action).pathname.startsWith(place());

document.addEventListener(
  "submit",
  (event) => {
    if (!place() || !isOurs(event.target)) return;
    event.preventDefault();
    event.target.toggleAttribute("data-sends-itself", true);
    if (!isBusy) goOn(send(event.target, event.submitter));
  },
  { capture: true },
);

beginHistory((url) => goOn(ask(url), { isBack: true }));
