// Saves a draft while it is written, says truly what is not saved, and keeps that in this browser until the server has it.

import { refreshMargin } from "./desk-lines.js";
import { clientName, clock, tellOfOtherTabs, whyStopped } from "./desk-saving.js";
import { openStore } from "./kept-store.js";
import { waitAfter } from "./patience.js";

const REST = 700;
const HEARD_EVERY = 20_000;
const form = document.querySelector("[data-editor]");
const text = form.querySelector("#text");
const state = form.querySelector("[data-state]");
const token = form.querySelector("[name=csrf_token]").value;
const clientId = clientName();
const draft = location.pathname;

let version = Number(form.dataset.version);
let seen = form.querySelector("[name=seen]").value;
let savedText = seen;
let sequence = 0;
let changes = 0;
let failures = 0;
let timer = null;
let sending = null;
let isStopped = false;
let store = null;
let offered = null;

const isClean = () => text.value === savedText;

function tell(words, tone = "") {
  state.textContent = words;
  state.dataset.tone = tone;
}

function tellUnsaved(why = "") {
  tell(`${changes || 1} unsaved${why}`, why ? "warn" : "");
}

async function post(address, body, type = "application/json") {
  const headers = { "Content-Type": type, Accept: "application/json", "X-CSRFToken": token };
  return fetch(address, { method: "POST", headers, body, redirect: "manual" });
}

// The caret stays where it was, as far as the text before it is the same.
function replaceText(fresh) {
  const { selectionStart: start, selectionEnd: end } = text;
  text.value = fresh;
  text.setSelectionRange(Math.min(start, fresh.length), Math.min(end, fresh.length));
  text.dispatchEvent(new Event("desk-replaced"));
}

function offerBoth(answer, sentText) {
  offered = { answer, sentText };
  tell("Not saved: a colleague changed the same lines. ", "warn");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "to-line";
  button.textContent = "Show both in the text";
  button.addEventListener("click", takeBoth);
  state.append(button);
}

async function takeBoth() {
  if (offered.sentText !== text.value) await flush();
  if (!offered) return;
  const { answer } = offered;
  offered = null;
  version = answer.version;
  seen = answer.seen;
  replaceText(answer.text);
  await flush();
  text.focus();
}

function acknowledged(answer, sentText) {
  failures = 0;
  offered = null;
  if (answer.verdict === "conflict") return offerBoth(answer, sentText);
  if (answer.verdict === "merged" && text.value !== sentText) {
    // More was written meanwhile: what was sent is what both texts come from by now.
    seen = sentText;
    return saveSoon(0);
  }
  if (answer.verdict === "merged" && answer.text !== sentText) replaceText(answer.text);
  version = answer.version;
  seen = answer.verdict === "merged" ? answer.text : sentText;
  savedText = seen;
  if (!isClean()) return saveSoon();
  changes = 0;
  store?.remove({ draft });
  tell(answer.verdict === "merged" ? `Saved ${clock(answer.saved_at)}, with what a colleague wrote` : `Saved ${clock(answer.saved_at)}`);
}

function stop(words) {
  isStopped = true;
  tell(`${words} Your text is kept in this browser.`, "warn");
}

function failed(why) {
  failures += 1;
  tellUnsaved(why);
  saveSoon(waitAfter(failures));
}

async function send() {
  const sentText = text.value;
  sequence += 1;
  let response;
  try {
    response = await post(form.dataset.saved, JSON.stringify({ client_id: clientId, sequence, version, seen, text: sentText }));
  } catch {
    return failed(": no connection. Go on, your text is kept in this browser.");
  }
  const why = whyStopped(response);
  if (why) return stop(why);
  const answer = await response.json().catch(() => null);
  if (typeof answer?.verdict !== "string") return failed(": the server does not answer.");
  if (answer.verdict === "closed" || answer.verdict === "too_long") return stop(answer.words);
  acknowledged(answer, sentText);
  refreshMargin(answer.margin);
  document.dispatchEvent(new Event("desk-saved"));
}

function flush() {
  clearTimeout(timer);
  if (isStopped) return Promise.resolve();
  sending = (sending ?? Promise.resolve()).then(() => (isClean() && !offered ? undefined : send()));
  return sending;
}

function saveSoon(milliseconds = REST) {
  clearTimeout(timer);
  if (!isStopped) timer = setTimeout(flush, milliseconds);
}

async function hear() {
  if (isStopped || document.hidden) return;
  const response = await post(form.dataset.heard, clientId, "text/plain").catch(() => null);
  if (!response?.ok) return;
  const answer = await response.json();
  if (answer.version !== version && isClean()) await (sending = (sending ?? Promise.resolve()).then(() => (isClean() ? send() : undefined)));
  else refreshMargin(answer.margin);
}

// What was written here and never reached the server is brought back, and brought together with what was saved since.
async function bringBack() {
  store = await openStore({ name: "touchstone-desk", store: "texts", keyPath: "draft" });
  const kept = (await store.all()).find((entry) => entry.draft === draft);
  if (!kept || kept.text === text.value || !isClean()) return;
  ({ version, seen } = kept);
  replaceText(kept.text);
  changes = 1;
  await flush();
}

function written() {
  changes += 1;
  if (!offered) tellUnsaved();
  store?.put({ draft, version, seen, text: text.value });
  saveSoon();
}

text.addEventListener("input", written);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  delete form.dataset.sent;
  if (isClean()) tell(`Saved ${clock(Date.now())}`);
  flush();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    flush();
  }
});
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-after-save]");
  if (!link || isClean() || event.defaultPrevented) return;
  event.preventDefault();
  await flush();
  location.assign(link.href);
});
window.addEventListener("beforeunload", (event) => {
  if (!isClean() && !store?.isLasting) event.preventDefault();
});
form.setAttribute("data-sends-itself", "");
document.addEventListener("desk-changed", hear);
setInterval(hear, HEARD_EVERY);
tellOfOtherTabs(form.dataset.draft, document.querySelector("[data-other-tabs]"));
// Who is quick wrote before this script was there.
if (!isClean()) written();
bringBack().then(hear);
