// Practising without loading pages anew: what a page's own buttons send goes by fetch, and the page that comes back takes this one's place.
//
// It is the same page that a browser without script gets: nothing is rendered twice.

import "./case-answer.js";
import "./case-clock.js";
import "./case-media.js";
import "./press-keys.js";
import { beginLaid, layAhead, takeLaid } from "./practice-ahead.js";
import { ask, fieldsOf, send } from "./practice-asking.js";
import { forgetDraft } from "./practice-draft.js";
import { KeptAnswers } from "./practice-kept.js";
import { beginHistory, person, place, putInPlace } from "./practice-page.js";
import { tellNotSent, tellNotTaken, tellNothingHappened, tellTaken } from "./practice-telling.js";

const main = () => document.getElementById("main");
const answerForm = () => main().querySelector("form[data-answers]");
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
    else tellNothingHappened(answer.problem);
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

const isOnThePage = (entry) => answerForm()?.action === entry.address && !isBusy;
const late = new Set();

// The server has said what became of an answer.
async function settled(entry, answer) {
  const wasLate = late.delete(entry.address) || !isOnThePage(entry);
  forgetDraft(entry.address);
  if (isOnThePage(entry)) await goOn(answer);
  const isTaken = answer.status === 200;
  if (wasLate && isTaken) tellTaken(answer.url === location.href ? null : answer.url);
  else if (wasLate && answer.url !== location.href) tellNotTaken(answer.page, entry.address);
}

function waiting(entry, why) {
  late.add(entry.address);
  tellNotSent(why);
}

const kept = new KeptAnswers({ person: person(), heed: { settled, waiting } });

// A given answer is not changed any more: it may have arrived. The form stands still until the server says what became of it.
async function giveAnswer(form, submitter) {
  const fields = fieldsOf(form, submitter);
  form.inert = true;
  await begun;
  await kept.give(form.action, fields);
}

const isOurs = (form) => form.method === "post" && main().contains(form) && new URL(form.action).pathname.startsWith(place());

function submitted(form, submitter) {
  if (isBusy) return;
  const laid = takeLaid(form);
  if (answerForm()?.inert) kept.send();
  else if (form === answerForm()) giveAnswer(form, submitter);
  else if (laid) showLaid(laid);
  else goOn(begun.then(() => send(form, submitter)));
}

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!place() || !isOurs(form)) return;
    event.preventDefault();
    form.toggleAttribute("data-sends-itself", true);
    submitted(form, submitter);
  },
  { capture: true },
);

async function begin() {
  const form = answerForm();
  if (form && (await kept.isKept(form.action))) form.inert = true;
  await kept.begin();
  layAhead();
}

beginHistory((url) => goOn(ask(url), { isBack: true }));
begin();
