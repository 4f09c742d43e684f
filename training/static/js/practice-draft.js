// What is ticked and not sent yet, kept in this tab so that loading the page again brings it back.

import { fillAnswer, readAnswer } from "./case-answer.js";
import { onEveryPart } from "./page-parts.js";

const nameOf = (address) => `touchstone.practice-draft ${new URL(address, location.href).pathname}`;

export const forgetDraft = (address) => sessionStorage.removeItem(nameOf(address));

function bringBack(form) {
  const draft = sessionStorage.getItem(nameOf(form.action));
  if (!draft) return;
  fillAnswer(form, JSON.parse(draft));
  form.querySelector("[data-case-answer]").dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-answers]");
  if (form) sessionStorage.setItem(nameOf(form.action), JSON.stringify(readAnswer(form)));
});

onEveryPart((part) => part.querySelectorAll("form[data-answers]").forEach(bringBack));
