// The question on the page: reading its answer, putting one back, and the palette of all questions.

import { enhance, kindOf } from "./exam-kinds.js";

const byId = (id) => document.getElementById(id);
export const room = () => byId("exam-room");
export const form = () => byId("exam-form");

const kind = () => kindOf(form(), room().dataset.kind);

export const response = () => kind().read(form());

export function putBack({ response: saved, is_flagged: isFlagged }) {
  byId("exam-flag").checked = isFlagged;
  kind().fill(form(), saved);
}

// Give the question what only a script can do for its kind.
export const enhanceQuestion = () => enhance(form(), room().dataset.kind, `${room().dataset.attempt}.${room().dataset.position}`);

// Whether the question knows what to do with this key.
export const answersKey = (key) => kind().pressed?.(form(), key) ?? false;

// Whether something was answered before the exam's script ran.
export const wasTouched = () => [...form().elements].some((control) => control.name && control.type !== "hidden" && isMoved(control));

function isMoved(control) {
  if (control.options) return [...control.options].some((option) => option.selected !== isSelectedAtFirst(control, option));
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  return control.defaultValue !== undefined && control.value !== control.defaultValue;
}

// Without a choice of its own, a list that takes one begins with its first entry, one that takes several with none.
function isSelectedAtFirst(control, option) {
  const hasChoice = [...control.options].some((other) => other.defaultSelected);
  return hasChoice || control.multiple ? option.defaultSelected : option.index === 0;
}

export const isBlank = (answer) => !Object.values(answer).some((part) => (Array.isArray(part) ? part.length : part));

function mark(button, isAnswered, isFlagged) {
  button.classList.toggle("is-answered", isAnswered);
  button.classList.toggle("is-flagged", isFlagged);
  button.querySelector("[data-said]").textContent = `${isAnswered ? ", answered" : ", not answered"}${isFlagged ? ", flagged" : ""}`;
}

// What this window knows of each place is newer than the page.
export function markPalette(latestFor) {
  for (const button of document.querySelectorAll(".exam-palette li button")) {
    const latest = latestFor(Number(button.value));
    if (latest) mark(button, !isBlank(latest.response), latest.is_flagged);
  }
}
