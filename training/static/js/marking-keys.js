// Marking a written reply by keyboard: 0, 1 and 2 rate the criterion that has the focus, else the first that is not rated, and go on to the next;
// Backspace takes the last rating back; Control and Enter give the mark. Arrow keys do what they do in every group of choices.

import { isTyping, keysAreOn } from "./key-setting.js";

const form = document.querySelector("[data-marking]");
const criteria = [...form.querySelectorAll("fieldset")];
const send = form.querySelector("button[name=go]");

const ratingOf = (criterion) => criterion.querySelector("input:checked");
const focusOn = (criterion) => (ratingOf(criterion) ?? criterion.querySelector("input")).focus();

function rate(value) {
  const at = criteria.find((criterion) => criterion.contains(document.activeElement)) ?? criteria.find((criterion) => !ratingOf(criterion));
  const choice = at?.querySelector(`input[value="${value}"]`);
  if (!choice) return;
  choice.checked = true;
  const next = criteria.find((criterion) => !ratingOf(criterion));
  if (next) focusOn(next);
  else send.focus();
}

function takeBack() {
  const at = criteria.findIndex((criterion) => criterion.contains(document.activeElement));
  const before = at < 0 || ratingOf(criteria[at]) ? criteria : criteria.slice(0, at);
  const last = at >= 0 && ratingOf(criteria[at]) ? criteria[at] : before.findLast(ratingOf);
  if (!last) return;
  ratingOf(last).checked = false;
  focusOn(last);
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.repeat) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(send);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !keysAreOn()) return;
  if (/^[012]$/.test(event.key)) rate(event.key);
  else if (event.key === "Backspace") takeBack();
  else return;
  event.preventDefault();
});
