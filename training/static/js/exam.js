// A running exam: one question a screen, saved as it is answered, turned like pages without leaving, so that a lost connection loses nothing.

import { addKeySwitch, enhanceAnswer, fillAnswer, readAnswer } from "./case-answer.js";
import { addEnlarging } from "./case-pictures.js";
import { Clock } from "./exam-clock.js";
import { openJournal } from "./exam-journal.js";
import { askFirst, takeBack } from "./exam-once.js";
import { Saver } from "./exam-saving.js";
import { Watch } from "./exam-signals.js";
import { chooseWindow, lastSequence, rememberWindow } from "./exam-window.js";
import { keysAreOn } from "./key-setting.js";

const byId = (id) => document.getElementById(id);
const room = () => byId("exam-room");
const form = () => byId("exam-form");
const token = () => document.querySelector("input[name=csrf_token]").value;
const isTyping = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]") !== null;

const { attempt, address, zone } = room().dataset;
const journal = await openJournal();
const clientId = await chooseWindow(attempt);
const saver = new Saver({ attempt, address, token, clientId, journal, listener: { state: showState, verdict: heed, clock: (now, deadline) => clock?.set(now, deadline) } });
const watch = new Watch({ address, token, clientId, position: () => Number(room()?.dataset.position) || null, isResting: () => isReadOnly });
const PATIENCE = 2000;
let clock = null;
let isReadOnly = false;
let steps = Promise.resolve();

const PROBLEMS = {
  offline: "No connection. Go on: your answers are kept in this browser.",
  "signed-out": "You are signed out. Sign in again in another tab; your answers are kept in this browser.",
  reload: "This page is too old to save. Reload it; your answers are kept in this browser.",
};

function timeText(instant) {
  return new Date(instant).toLocaleTimeString("en-GB", { timeZone: zone || undefined });
}

function showState({ unsaved, savedAt, problem }) {
  const place = byId("exam-saved");
  if (isReadOnly) place.textContent = "Read only here";
  else if (unsaved) place.textContent = `${unsaved} unsaved`;
  else if (savedAt) place.textContent = `Saved ${timeText(savedAt)}`;
  place.classList.toggle("is-unsaved", unsaved > 0);
  place.classList.toggle("is-saved", !unsaved && savedAt !== null);
  if (problem) notify("warn", PROBLEMS[problem]);
  else if (!unsaved) clearNotice("warn");
}

function notify(tone, text, button = null) {
  const notices = byId("exam-notices");
  if (notices.querySelector(".notice")?.textContent === text) return;
  const notice = document.createElement("div");
  notice.className = `notice notice-${tone}`;
  notice.setAttribute("role", tone === "warn" ? "status" : "alert");
  notice.append(text);
  if (button) notice.append(button);
  notices.replaceChildren(notice);
}

function clearNotice(tone) {
  byId("exam-notices")?.querySelector(`.notice-${tone}`)?.remove();
}

async function post(path, body) {
  const response = await fetch(`${address}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json().catch(() => ({})) };
}

// What the server said of an answer, where it was not simply saved.
function heed(answer, entry) {
  if (answer.verdict === "other_writer" && entry.client_id === clientId) turnReadOnly();
  else if (answer.verdict === "late" || answer.verdict === "closed") leave();
  else if (answer.verdict === "unreadable" || answer.error) notify("bad", answer.message ?? "This answer could not be saved.");
}

function turnReadOnly() {
  isReadOnly = true;
  for (const control of form()?.querySelectorAll("input, select, textarea") ?? []) control.disabled = true;
  const button = document.createElement("button");
  button.className = "button button-secondary";
  button.type = "button";
  button.textContent = "Continue here";
  button.addEventListener("click", () => claim(true));
  notify("bad", "This exam is open in another window. Here it can only be read. ", button);
  saver.tell();
}

async function claim(takesOver) {
  try {
    const { status } = await post("writer", { client_id: clientId, sequence: lastSequence(), takes_over: takesOver });
    if (status === 409) return turnReadOnly();
    rememberWindow(attempt, clientId);
  } catch {
    return notify("warn", PROBLEMS.offline);
  }
  if (!isReadOnly) return undefined;
  isReadOnly = false;
  return turnTo(location.pathname, { isNew: false });
}

function leave() {
  saver.stop();
  location.assign(`${address}/result`);
}

async function submit() {
  if (!(await saver.flush())) return notify("bad", `${saver.unsavedCount} answers are not saved yet. They are sent as soon as there is a connection; submit then.`);
  await watch.send();
  try {
    const { status, answer } = await post("submission", { client_id: clientId });
    if (status === 200) return leave();
    return notify("bad", answer.message ?? "Submitting did not work. Nothing is lost; try again.");
  } catch {
    return notify("bad", "No connection, so nothing was submitted. Your answers are saved; try again when the connection is back.");
  }
}

async function end() {
  notify("bad", "The time is over. Your answers are being handed in.");
  await saver.flush();
  try {
    await post("submission", { client_id: clientId });
    leave();
  } catch {
    notify("bad", "The time is over and there is no connection. What was saved counts; reload this page when the connection is back.");
  }
}

// Turn to another page of the exam without leaving this one, so that the server shows there what was just answered here.
// What is pressed meanwhile is not taken for an answer to the page that leaves.
async function turnTo(url, { isNew = true } = {}) {
  if (form()) form().inert = true;
  await Promise.race([saver.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  await showPage(url, isNew);
  if (form()) form().inert = false;
}

async function showPage(url, isNew) {
  let response;
  try {
    response = await fetch(url, { headers: { Accept: "text/html" } });
  } catch {
    return notify("warn", "No connection, so the other questions cannot be opened. What you answered is kept in this browser.");
  }
  const page = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  if (!page?.getElementById("exam-room")) return location.assign(response.redirected ? response.url : url);
  byId("main").replaceChildren(...page.getElementById("main").childNodes);
  document.title = page.title;
  if (isNew) history.pushState(null, "", url);
  return arrive();
}

function arrive() {
  if (form()?.querySelector("[data-case-answer]")) enhanceAnswer(form());
  addEnlarging(room());
  if (form()) arriveAtQuestion();
  markPalette();
  if (isReadOnly) turnReadOnly();
  else saver.tell();
  byId("exam-place").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function arriveAtQuestion() {
  const pending = saver.pendingFor(Number(room().dataset.position));
  if (pending) putBack(pending);
  else if (hasMoved()) changed();
  const clear = byId("exam-clear");
  if (clear) clear.hidden = false;
  if (room().dataset.kind !== "case") addKeySwitch(form());
}

// Whether something was chosen before this script ran.
const hasMoved = () => [...form().querySelectorAll("input[name]")].some((box) => ["checkbox", "radio"].includes(box.type) && box.checked !== box.defaultChecked);

function response() {
  if (room().dataset.kind === "case") return readAnswer(form());
  const options = [...form().querySelectorAll("input[name=options]:checked")].map((box) => Number(box.value));
  return options.length ? { options } : {};
}

function putBack({ response: saved, is_flagged: isFlagged }) {
  byId("exam-flag").checked = isFlagged;
  if (room().dataset.kind === "case") return fillAnswer(form(), saved);
  for (const box of form().querySelectorAll("input[name=options]")) box.checked = (saved.options ?? []).includes(Number(box.value));
  return undefined;
}

const isBlank = (answer) => !Object.values(answer).some((part) => (Array.isArray(part) ? part.length : part));

function mark(button, isAnswered, isFlagged) {
  button.classList.toggle("is-answered", isAnswered);
  button.classList.toggle("is-flagged", isFlagged);
  button.querySelector("[data-said]").textContent = `${isAnswered ? ", answered" : ", not answered"}${isFlagged ? ", flagged" : ""}`;
}

function markPalette() {
  for (const button of document.querySelectorAll(".exam-palette li button")) {
    const pending = saver.pendingFor(Number(button.value));
    if (pending) mark(button, !isBlank(pending.response), pending.is_flagged);
  }
}

function changed() {
  if (isReadOnly) return;
  takeBack();
  saver.change(Number(room().dataset.position), response(), byId("exam-flag").checked);
  markPalette();
}

document.addEventListener("change", (event) => {
  if (form()?.contains(event.target) && event.target.name && !event.target.closest(".case-reveal")) changed();
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "exam-submit") {
    event.preventDefault();
    submit();
  }
  if (event.target.id !== "exam-form") return;
  event.preventDefault();
  step(event.submitter?.value ?? "next");
});

// In a sequential attempt an answer is final once the server has confirmed it; the rule may end the attempt there.
async function confirmAnswer() {
  if (!(await saver.flush())) return notify("bad", "This answer is not saved yet. It is sent as soon as there is a connection; confirm it then.");
  try {
    const { status, answer } = await post("confirmation", { client_id: clientId, position: Number(room().dataset.position) });
    if (status !== 200) return notify("bad", answer.message ?? "Confirming did not work. Nothing is lost; try again.");
    return answer.state === "open" ? turnTo(answer.next) : leave();
  } catch {
    return notify("bad", "No connection, so nothing was confirmed. Your answer is kept; try again when the connection is back.");
  }
}

// Steps pressed quickly one after another are made one after another.
function step(go) {
  steps = steps.then(() => {
    if (go === "confirm") return askFirst(isBlank(response()));
    if (go === "final") return confirmAnswer();
    const here = Number(room().dataset.position);
    const wanted = { next: here + 1, previous: here - 1 }[go] ?? go;
    if (here) return turnTo(`${address}/${wanted === "finish" || wanted > Number(room().dataset.count) ? "finish" : wanted}`);
    return undefined;
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-exam-link]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    turnTo(link.getAttribute("href"));
  }
  if (event.target.id === "exam-unsure") {
    event.preventDefault();
    takeBack();
  }
  if (event.target.id === "exam-clear") {
    for (const box of form().querySelectorAll("input[name=options]")) box.checked = false;
    changed();
  }
});

function optionFor(key) {
  if (room().dataset.kind === "case") return null;
  const place = /^[1-9]$/.test(key) ? Number(key) : "abcde".indexOf(key) + 1;
  return place ? form().querySelector(`input[name=options][value="${place}"]`) : null;
}

function pressed(key) {
  const go = { j: "J", k: "K" }[key];
  const button = go && form().querySelector(`[aria-keyshortcuts=${go}]`);
  if (button) {
    if (!button.disabled) step(button.value);
    return true;
  }
  const control = optionFor(key) ?? (key === "f" ? byId("exam-flag") : null);
  if (!control || control.disabled || form().inert) return false;
  control.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!form() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  if (!keysAreOn() || document.querySelector("dialog[open]")) return;
  if (pressed(event.key.toLowerCase())) event.preventDefault();
});

addEventListener("popstate", () => turnTo(location.href, { isNew: false }));
addEventListener("pagehide", () => saver.beacon());
addEventListener("online", () => saver.flush());
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saver.beacon());
addEventListener("beforeunload", (event) => {
  if (saver.unsavedCount && !journal.isLasting) event.preventDefault();
});

const { now, deadline } = room().dataset;
clock = new Clock({ now, deadline, button: byId("exam-time-button"), output: byId("exam-time-left"), said: byId("exam-said"), onEnd: end });
saver.lastSavedAt = room().dataset.saved || null;
await saver.begin();
arrive();
await claim(false);
