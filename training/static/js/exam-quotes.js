// Words marked in a text, by selecting them or by typing them: as evidence is marked in a case, in one text.

import { enhanceEvidence } from "./case-evidence.js";

const FIELD = "text";
const marking = new WeakMap();

const spans = (marks) => (marks ?? []).map(([start, end]) => ({ field: FIELD, start, end }));

export const read = (form) => {
  const marks = marking.get(form).read().map(({ start, end }) => [start, end]);
  return marks.length ? { marks } : {};
};

export const fill = (form, answer) => marking.get(form).fill(spans(answer.marks));

export function enhance(form) {
  const fieldset = form.querySelector("[data-exam-quotes]");
  const shown = form.querySelector("[data-exam-text]");
  const quotes = fieldset.querySelector("textarea");
  const text = shown.querySelector("[data-path]").textContent;
  const found = quotes.value.split("\n").filter(Boolean).map((line) => {
    const start = [...text.slice(0, text.indexOf(line))].length;
    return { field: FIELD, start, end: start + [...line].length };
  });
  quotes.value = "";
  quotes.removeAttribute("name");
  marking.set(form, enhanceEvidence(fieldset, shown));
  marking.get(form).fill(found);
}

export function pressed(form, key) {
  if (key !== "e") return false;
  marking.get(form).markSelection();
  return true;
}
