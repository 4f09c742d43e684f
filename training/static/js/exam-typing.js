// The typing test: a passage, a field, and the browser's steady clock. It is taken once: from its begin its time goes on, wherever its page is,
// and stands still only while the exam is covered. Pasting is refused; a test that is over stays as it is.

import { coverNow } from "./exam-cover.js";
import { agreedNow } from "./exam-window.js";

const PAUSE = 2000;
const runs = new Map();
const places = new WeakMap();

const holder = (form) => form.querySelector("[data-exam-typing]");
const field = (form) => form.querySelector("#exam-text");
const passage = (form) => form.querySelector("[data-exam-passage]").textContent.trim();
const limit = (form) => Number(holder(form).dataset.seconds);
const taken = (form) => Number(holder(form).dataset.taken);
const runOf = (form) => runs.get(places.get(form));
const elapsed = (run) => (performance.now() - run.started) / 1000;

export const read = (form) => (taken(form) || field(form).value ? { text: field(form).value, seconds: Math.round(taken(form) * 10) / 10 } : {});

const say = (form, words) => {
  form.querySelector("[data-exam-typing-said]").textContent = words;
};

const isTyped = (form) => taken(form) > 0 && field(form).value.length >= passage(form).length;

function isOver(form) {
  const run = runOf(form);
  return taken(form) >= limit(form) || isTyped(form) || (run !== undefined && (run.isDone || elapsed(run) >= limit(form)));
}

function show(form) {
  const isRunning = runOf(form) !== undefined && !isOver(form);
  field(form).readOnly = !isRunning;
  form.querySelector("[data-exam-begin]").disabled = isRunning || isOver(form);
  form.querySelector("[data-exam-left]").textContent = isRunning ? `${Math.max(0, Math.ceil(limit(form) - elapsed(runOf(form))))} s left` : "";
  if (isOver(form)) say(form, "This test is done. It stays as it is.");
}

export function fill(form, answer) {
  field(form).value = answer.text ?? "";
  holder(form).dataset.taken = answer.seconds ?? 0;
  show(form);
}

const tell = (form) => field(form).dispatchEvent(new Event("change", { bubbles: true }));

function finish(run) {
  clearInterval(run.timer);
  run.isDone = true;
  if (!run.form.isConnected) return;
  show(run.form);
  tell(run.form);
}

function tick(run) {
  const now = performance.now();
  if (coverNow()) run.started += now - run.seenAt;
  run.seenAt = now;
  if (run.isDone || coverNow()) return;
  const { form } = run;
  if (form.isConnected) holder(form).dataset.taken = Math.min(limit(form), elapsed(run));
  if (elapsed(run) >= limit(form) || (form.isConnected && isTyped(form))) return finish(run);
  if (!form.isConnected) return;
  show(form);
  if (now - run.toldAt < PAUSE) return;
  run.toldAt = now;
  tell(form);
}

function start(form, ago) {
  const now = performance.now();
  const run = { form, started: now - ago, seenAt: now, toldAt: now, isDone: false };
  run.timer = setInterval(() => tick(run), 200);
  runs.set(places.get(form), run);
  return run;
}

function begin(form) {
  if (runOf(form) || isOver(form)) return;
  field(form).value = "";
  holder(form).dataset.taken = 0.1;
  start(form, 100);
  say(form, "Type now.");
  show(form);
  field(form).focus();
  tell(form);
}

// A page that was left in the middle of the test comes back to what is left of it.
function goOn(form) {
  const known = runOf(form);
  if (known) {
    known.form = form;
    return;
  }
  const { ends } = holder(form).dataset;
  if (!ends || isOver(form)) return;
  const left = Math.min(limit(form) * 1000, Number(ends) - agreedNow());
  if (left <= 0) holder(form).dataset.taken = limit(form);
  else start(form, limit(form) * 1000 - left);
}

function refusePasting(form) {
  for (const type of ["paste", "drop"]) {
    field(form).addEventListener(type, (event) => {
      event.preventDefault();
      say(form, "Pasting is not taken here: type the passage.");
    });
  }
}

export function enhance(form, place) {
  places.set(form, place);
  form.querySelector("[data-exam-begin]").addEventListener("click", () => begin(form));
  field(form).addEventListener("input", () => runOf(form) && tick(runOf(form)));
  refusePasting(form);
  goOn(form);
  show(form);
}

export function pressed(form, key) {
  if (key !== "a") return false;
  begin(form);
  return true;
}
