// A running exam: one question a screen, saved as it is answered, turned like pages without leaving, so that a lost connection loses nothing.

import { addKeySwitch } from "./case-answer.js";
import { enhanceMedia } from "./case-media.js";
import { Clock } from "./exam-clock.js";
import { coverNow } from "./exam-cover.js";
import { ending } from "./exam-ending.js";
import { following } from "./exam-following.js";
import { openJournal } from "./exam-journal.js";
import { addExamKeys } from "./exam-keys.js";
import { askFirst, takeBack } from "./exam-once.js";
import { Pages } from "./exam-pages.js";
import { enhanceQuestion, form, isBlank, markPalette, putBack, response, room, wasTouched } from "./exam-question.js";
import { Saver } from "./exam-saving.js";
import { Watch } from "./exam-signals.js";
import { Standing } from "./exam-standing.js";
import { PROBLEMS, clearNotice, notify } from "./exam-telling.js";
import { agreeOnTime, chooseWindow, lastSequence, rememberWindow } from "./exam-window.js";

const byId = (id) => document.getElementById(id);
let lastToken = "";
const token = () => (lastToken = document.querySelector("input[name=csrf_token]")?.value ?? lastToken);

const { attempt, address, zone } = room().dataset;
const journal = await openJournal();
const clientId = await chooseWindow(attempt);
agreeOnTime(room().dataset.now);
const saver = new Saver({ attempt, address, token, clientId, journal, listener: { state: showState, verdict: heed, clock: heedClock } });
const pages = new Pages();
const standing = new Standing({ address, seconds: Number(byId("exam-header").dataset.pollSeconds), heed: (status) => follow(status) });
const watch = new Watch({ address, token, clientId, position: () => Number(room()?.dataset.position) || null, isResting: () => isReadOnly || coverNow() !== null });
const PATIENCE = 2000;
const COVERED = { pause: "Paused", break: "On a break" };
const latestFor = (position) => saver.latestFor(position);
let clock = null;
let isReadOnly = false;
let steps = Promise.resolve();

const { leave, submit, end, isLeaving } = ending({ address, clientId, clock: () => clock, post, saver, standing, watch });
const follow = following({ clientId, clock: () => clock, saver, standing: () => standing, isReadOnly: () => isReadOnly, turnReadOnly, showPage, leave, end });

function timeText(instant) {
  return new Date(instant).toLocaleTimeString("en-GB", { timeZone: zone || undefined });
}

function showState({ unsaved, savedAt, problem }) {
  const place = byId("exam-saved");
  if (isReadOnly) place.textContent = "Read only here";
  else if (coverNow() && !unsaved) place.textContent = COVERED[coverNow()];
  else if (unsaved) place.textContent = `${unsaved} unsaved`;
  else if (savedAt) place.textContent = `Saved ${timeText(savedAt)}`;
  else if (Object.values(COVERED).includes(place.textContent)) place.textContent = "";
  place.classList.toggle("is-unsaved", unsaved > 0);
  place.classList.toggle("is-saved", !unsaved && savedAt !== null);
  if (problem) notify("warn", PROBLEMS[problem]);
  else if (!unsaved) clearNotice("warn");
}

async function post(path, body) {
  const response = await fetch(`${address}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer === null) throw new TypeError("Something between here and the exam's server answered in its place.");
  return { status: response.status, answer: answer ?? {} };
}

// What the server said of an answer, where it was not simply saved.
function heed(answer, entry) {
  if (answer.verdict === "other_writer" && entry.client_id === clientId) turnReadOnly();
  else if (answer.verdict === "late" || answer.verdict === "closed") leave();
  else if (answer.verdict === "paused") standing.look();
  else if (answer.verdict === "unreadable" || answer.verdict === "full" || answer.error) notify("bad", answer.message ?? "This answer could not be saved.");
}

// The answer to a save tells the time too; how it came to move is asked for.
function heedClock(now, deadline) {
  if (!clock || coverNow() === "pause") return;
  if (clock.knows(deadline)) clock.set(now, deadline);
  else standing.look();
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
  standing.forget();
  try {
    const { status } = await post("writer", { client_id: clientId, sequence: lastSequence(), takes_over: takesOver });
    if (status === 409) return turnReadOnly();
    rememberWindow(attempt, clientId);
    standing.forget();
  } catch {
    return notify("warn", PROBLEMS.offline);
  }
  if (!isReadOnly) return undefined;
  isReadOnly = false;
  pages.forget();
  saver.forget();
  return turnTo(location.pathname, { isNew: false });
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
  const { page, goTo, isKept, isSignedOut } = await pages.open(url);
  if (goTo) return location.assign(goTo);
  if (!page || (isKept && coverNow())) return notify("warn", isSignedOut ? PROBLEMS["signed-out"] : PROBLEMS.unopened);
  byId("main").replaceChildren(...page.getElementById("main").childNodes);
  document.title = page.title;
  if (isNew) history.pushState(null, "", url);
  arrive();
  if (isKept) notify("warn", isSignedOut ? PROBLEMS["signed-out"] : PROBLEMS.offline);
  return undefined;
}

function arrive() {
  const isTouched = form() !== null && wasTouched();
  if (form()) enhanceQuestion();
  enhanceMedia(room());
  if (form()) arriveAtQuestion(isTouched);
  markPalette(latestFor);
  fetchAhead();
  if (isReadOnly) turnReadOnly();
  else saver.tell();
  if (form()?.contains(document.activeElement)) return; // Somebody who answers already is not taken away from where they are.
  byId("exam-place").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function fetchAhead() {
  const { pathname } = new URL(address, location.href);
  const paths = [...document.querySelectorAll(".exam-palette li button")].map((button) => `${pathname}/${button.value}`);
  pages.fetchAhead(paths, () => !isReadOnly && !isLeaving() && !coverNow() && !saver.failures);
}

function arriveAtQuestion(isTouched) {
  const latest = latestFor(Number(room().dataset.position));
  if (isTouched) changed();
  else if (latest) putBack(latest);
  if (room().dataset.kind !== "case") addKeySwitch(form());
}

function changed() {
  if (isReadOnly) return;
  takeBack();
  saver.change(Number(room().dataset.position), response(), byId("exam-flag").checked);
  markPalette(latestFor);
}

document.addEventListener("change", (event) => {
  if (form()?.contains(event.target) && event.target.name && !event.target.closest(".case-reveal")) changed();
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "exam-submit") {
    event.preventDefault();
    submit();
  }
  if (event.target.dataset.examBreak !== undefined) {
    event.preventDefault();
    takeBreak(event.submitter.value);
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

async function takeBreak(go) {
  if (go === "start") await saver.flush();
  const body = new URLSearchParams({ csrf_token: token(), go, position: room().dataset.position ?? 1 });
  try {
    const response = await fetch(`${address}/break`, { method: "POST", headers: { Accept: "application/json" }, body, redirect: "manual" });
    const answer = response.type === "opaqueredirect" ? {} : await response.json().catch(() => ({}));
    if (answer.message) notify("bad", answer.message);
    await standing.look();
  } catch {
    notify("warn", "No connection, so the break could not be noted. Try again when it is back.");
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
});

addExamKeys(step);
addEventListener("popstate", () => turnTo(location.href, { isNew: false }));
addEventListener("pagehide", () => saver.beacon());
addEventListener("online", () => saver.flush());
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saver.beacon());
addEventListener("beforeunload", (event) => {
  if (saver.unsavedCount && !journal.isLasting) event.preventDefault();
});

const { now, deadline, cover } = room().dataset;
clock = new Clock({ now, deadline, isHeld: cover === "pause", button: byId("exam-time-button"), output: byId("exam-time-left"), said: byId("exam-said"), onEnd: end });
saver.lastSavedAt = room().dataset.saved || null;
await saver.begin();
if (document.querySelector(".exam-palette li button")) pages.keep(location.pathname, document.documentElement.outerHTML);
arrive();
await claim(false);
standing.begin();
document.dispatchEvent(new Event("exam-ready"));
