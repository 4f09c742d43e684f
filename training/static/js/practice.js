// Practising without loading pages anew: what a page's own buttons send goes by fetch, and the page that comes back takes this one's place.
//
// It is the same page that a browser without script gets: nothing is rendered twice.

import "./case-answer.js";
import "./case-clock.js";
import "./case-media.js";
import "./press-keys.js";
import { beginLaid, layAhead, takeLaid } from "./practice-ahead.js";
import { ask, send } from "./practice-asking.js";
import { beginHistory, place, putInPlace } from "./practice-page.js";
import { tell } from "./practice-telling.js";

const main = () => document.getElementById("main");
let isBusy = false;
let begun = Promise.resolve();

// What became of it: the page that came back, or words about why there is none.
async function goOn(request, { isBack = false } = {}) {
  if (isBusy) return;
  isBusy = true;
  main().setAttribute("aria-busy", "true");
  try {
    const answer = await request;
    if (answer.page) await putInPlace(answer, { isBack });
    else if (isBack) location.reload();
    else tell("warn", answer.problem);
  } finally {
    isBusy = false;
    main().removeAttribute("aria-busy");
  }
  layAhead();
}

// The case that lies ready is there at once. What is sent after it waits until the server knows that it was shown.
async function showLaid(laid) {
  begun = beginLaid(laid);
  await goOn(laid.answer);
  const other = await begun;
  if (other.page && location.href === laid.answer.url) goOn(other);
}

const isOurs = (form) => form.method === "post" && main().contains(form) && new URL(form.action).pathname.startsWith(place());

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!place() || !isOurs(form)) return;
    event.preventDefault();
    form.toggleAttribute("data-sends-itself", true);
    if (isBusy) return;
    const laid = takeLaid(form);
    if (laid) showLaid(laid);
    else goOn(begun.then(() => send(form, { submitter })));
  },
  { capture: true },
);

beginHistory((url) => goOn(ask(url), { isBack: true }));
layAhead();
