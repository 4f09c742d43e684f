// The question on the page: reading its answer, putting one back, and the palette of all questions.

import { fillAnswer, readAnswer } from "./case-answer.js";

const byId = (id) => document.getElementById(id);
export const room = () => byId("exam-room");
export const form = () => byId("exam-form");

export function response() {
  if (room().dataset.kind === "case") return readAnswer(form());
  const options = [...form().querySelectorAll("input[name=options]:checked")].map((box) => Number(box.value));
  return options.length ? { options } : {};
}

export function putBack({ response: saved, is_flagged: isFlagged }) {
  byId("exam-flag").checked = isFlagged;
  if (room().dataset.kind === "case") return fillAnswer(form(), saved);
  for (const box of form().querySelectorAll("input[name=options]")) box.checked = (saved.options ?? []).includes(Number(box.value));
  return undefined;
}

export function clear() {
  for (const box of form().querySelectorAll("input[name=options]")) box.checked = false;
}

export function optionFor(key) {
  if (room().dataset.kind === "case") return null;
  const place = /^[1-9]$/.test(key) ? Number(key) : "abcde".indexOf(key) + 1;
  return place ? form().querySelector(`input[name=options][value="${place}"]`) : null;
}

// Whether something was answered before the exam's script ran.
export const wasTouched = () => [...form().elements].some((control) => control.name && control.type !== "hidden" && isMoved(control));

function isMoved(control) {
  if (control.options) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  return control.defaultValue !== undefined && control.value !== control.defaultValue;
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
