// Crossing out options: a note to oneself, kept in this browser. It is no answer, and nobody else ever sees it.

import { isTyping, keysAreOn } from "./key-setting.js";

const PREFIX = "touchstone.exam.crossed.";

const crossedAt = (place) => new Set(JSON.parse(localStorage.getItem(PREFIX + place) ?? "[]"));

function show(choice, isCrossed) {
  choice.classList.toggle("is-crossed", isCrossed);
  const button = choice.querySelector("[data-cross-out]");
  button.setAttribute("aria-pressed", String(isCrossed));
}

export function addCrossingOut(form, place) {
  const crossed = crossedAt(place);
  const choices = [...form.querySelectorAll(".exam-choice")];
  const toggle = (choice, value) => {
    if (!crossed.delete(value)) crossed.add(value);
    localStorage.setItem(PREFIX + place, JSON.stringify([...crossed]));
    show(choice, crossed.has(value));
  };
  for (const choice of choices) {
    const { value } = choice.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "exam-cross";
    button.dataset.crossOut = value;
    button.setAttribute("aria-keyshortcuts", `Shift+${value}`);
    button.dataset.keyName = `Cross out option ${value}`;
    button.setAttribute("aria-label", `Cross out option ${value}`);
    button.title = `Cross out (Shift+${value})`;
    button.textContent = "✕";
    button.addEventListener("click", () => toggle(choice, value));
    choice.append(button);
    show(choice, crossed.has(value));
  }
  listenToKeys(form);
}

function listenToKeys(form) {
  const listening = new AbortController();
  const listen = (event) => {
    if (!form.isConnected) {
      listening.abort();
      return;
    }
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (!digit || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target) || !keysAreOn() || document.querySelector("dialog[open]")) return;
    const button = form.querySelector(`[data-cross-out="${digit}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  };
  document.addEventListener("keydown", listen, { signal: listening.signal });
}
