// Saves the form of a draft while it is filled in, says truly what is not saved, and keeps that in this browser until the server has it.
//
// The server makes the text of what was entered, always upon the text that this page came with; what a colleague saved meanwhile it brings together with it.

import { clientName, clock, tellOfOtherTabs, whyStopped } from "./desk-saving.js";
import { openStore } from "./kept-store.js";
import { waitAfter } from "./patience.js";

const REST = 900;
const form = document.querySelector("[data-form-saved]");
const state = form.querySelector("[data-state]");
const faults = document.querySelector("[data-faults]");
const number = form.querySelector("[name=version]");
const token = form.querySelector("[name=csrf_token]").value;
const textPage = form.dataset.textPage;
const clientId = clientName();
const place = location.pathname;

// What the entries are written upon: the draft's number, the text of this page, and the text that was made last.
const upon = { version: Number(number.value), base: form.querySelector("[data-base]").value };
upon.seen = upon.base;
let sequence = 0;
let failures = 0;
let timer = null;
let sending = null;
let isStopped = false;
let isMerged = false;
let isLeaving = false;
let store = null;

const entered = () => [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "version");
let saved = isAsServed() ? JSON.stringify(entered()) : "";
let noted = saved;
const isClean = () => JSON.stringify(entered()) === saved;

// Whether nothing was entered before this script was there.
function isAsServed() {
  const chosen = (options) => Math.max(0, options.findIndex((option) => option.defaultSelected));
  return [...form.elements].every((entry) => {
    if (entry.type === "checkbox" || entry.type === "radio") return entry.checked === entry.defaultChecked;
    if (entry.tagName === "SELECT") return entry.selectedIndex === chosen([...entry.options]);
    return !("defaultValue" in entry) || entry.value === entry.defaultValue;
  });
}

function tell(words, tone = "", ...more) {
  state.replaceChildren(words, ...more);
  state.dataset.tone = tone;
}

function button(words, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "to-line", textContent: words });
  made.addEventListener("click", deed);
  return made;
}

function leave(address) {
  isLeaving = true;
  if (address) location.assign(address);
  else location.reload();
}

// Where a colleague changed the same, the text's editor lets a person decide: it finds there what was entered here.
function offerText({ version, seen }, text) {
  const decide = async () => {
    await store.put({ draft: textPage, version, seen, text });
    await store.remove({ draft: place });
    leave(textPage);
  };
  tell("Not saved: a colleague changed the same. ", "warn", button("Decide in the text", decide));
}

function stop(words) {
  isStopped = true;
  tell(`${words} What you entered is kept in this browser.`, "warn");
}

// The server's answer; nothing where there is none, or where it says that no more is saved from this page.
async function post(entries, about) {
  const body = new FormData();
  for (const [name, said] of entries) body.append(name, said);
  for (const [name, said] of Object.entries({ csrf_token: token, ...about })) body.set(name, said);
  const response = await fetch(form.dataset.formSaved, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
  const why = response ? whyStopped(response) : "";
  const answer = response && !why ? await response.json().catch(() => null) : null;
  if (why || answer?.verdict === "closed" || answer?.verdict === "too_long") stop(why || answer.words);
  return !isStopped && typeof answer?.verdict === "string" ? answer : null;
}

// What is still to mend, as it is after this save; who stands on one of its links stays there.
function showFaults(html) {
  if (!faults || faults.dataset.shown === html) return;
  const focused = [...faults.querySelectorAll("a")].indexOf(document.activeElement);
  faults.dataset.shown = html;
  faults.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  if (focused >= 0) faults.querySelectorAll("a")[focused]?.focus();
}

function acknowledged(answer, entries) {
  failures = 0;
  showFaults(answer.faults);
  if (answer.verdict === "conflict") return offerText(upon, answer.sent);
  upon.seen = answer.sent;
  saved = JSON.stringify(entries);
  isMerged ||= answer.verdict === "merged";
  if (!isMerged) number.value = upon.version = answer.version;
  if (!isClean()) return saveSoon();
  const when = `Saved ${clock(answer.saved_at)}`;
  if (answer.unread.length) return tell(`${when}, but not what cannot be read: ${answer.unread.map(({ name }) => name).join(", ")}`, "warn");
  store?.remove({ draft: place });
  return isMerged ? tell(`${when}, with what a colleague wrote. `, "", button("Show it", () => leave())) : tell(when);
}

async function send() {
  const entries = entered();
  sequence += 1;
  const answer = await post(entries, { client_id: clientId, sequence, ...upon });
  if (answer) return acknowledged(answer, entries);
  if (isStopped) return undefined;
  failures += 1;
  tell("Not saved: no connection. Go on, what you enter is kept in this browser.", "warn");
  return saveSoon(waitAfter(failures));
}

function flush() {
  clearTimeout(timer);
  if (!isStopped) sending = (sending ?? Promise.resolve()).then(() => (isClean() ? undefined : send()));
  return sending;
}

function saveSoon(milliseconds = REST) {
  clearTimeout(timer);
  if (!isStopped) timer = setTimeout(flush, milliseconds);
}

// A field that is left says "change" once more: only what differs from what was noted before is news.
function changed() {
  const now = JSON.stringify(entered());
  if (now === noted) return;
  noted = now;
  if (isClean()) return;
  if (!isStopped) tell("Not saved yet");
  store?.put({ draft: place, ...upon, entries: entered() });
  saveSoon();
}

// What was entered here and never reached the server is sent upon what it was entered upon, and shown with what was saved since.
async function bringBack() {
  store = await openStore({ name: "touchstone-desk", store: "texts", keyPath: "draft" });
  const kept = (await store.all()).find((entry) => entry.draft === place);
  if (!kept || JSON.stringify(kept.entries) === saved || !isClean()) return;
  const { version, base, seen } = kept;
  const answer = await post(kept.entries, { client_id: clientName(), sequence: 1, version, base, seen });
  if (answer?.verdict === "conflict") return offerText(kept, answer.sent);
  if (!answer) return;
  if (!answer.unread.length) await store.remove({ draft: place });
  if (answer.text_changed) return leave();
  const entries = new Map(kept.entries);
  for (const { key } of answer.unread) if (form.elements[key]) form.elements[key].value = entries.get(key);
  changed();
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("click", (event) => event.target.closest("[data-row-remove], [data-row-add]") && setTimeout(changed));
// A button of the page's own goes on from what is saved; where a colleague saved as well, the page is shown anew instead.
form.addEventListener("submit", async (event) => {
  if (isLeaving || event.defaultPrevented) return;
  event.preventDefault();
  delete form.dataset.sent;
  await flush();
  // Until this event is over, browsers pass over another wish to submit.
  await new Promise((over) => setTimeout(over));
  if (isMerged) return leave();
  isLeaving = true;
  return form.requestSubmit(event.submitter);
});
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-after-save]");
  if (!link || isClean() || event.defaultPrevented) return;
  event.preventDefault();
  await flush();
  location.assign(link.href);
});
window.addEventListener("beforeunload", (event) => {
  if (!isLeaving && !isClean() && !store?.isLasting) event.preventDefault();
});
form.setAttribute("data-sends-itself", "");
tellOfOtherTabs(form.dataset.draft, document.querySelector("[data-other-tabs]"));
if (!saved) changed();
bringBack();
