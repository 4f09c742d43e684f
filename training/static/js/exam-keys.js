// An exam by keyboard: J and K turn, numbers and letters choose, F flags.

import { answersKey, form } from "./exam-question.js";
import { isTyping, keysAreOn } from "./key-setting.js";

function pressed(key, step) {
  const go = { j: "J", k: "K" }[key];
  const button = go && form().querySelector(`[aria-keyshortcuts=${go}]`);
  if (button) {
    if (!button.disabled) step(button.value);
    return true;
  }
  if (form().inert) return false;
  const flag = key === "f" ? document.getElementById("exam-flag") : null;
  if (!flag || flag.disabled) return answersKey(key);
  flag.click();
  return true;
}

export function addExamKeys(step) {
  document.addEventListener("keydown", (event) => {
    if (!form() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (!keysAreOn() || document.querySelector("dialog[open]")) return;
    if (pressed(event.key.toLowerCase(), step)) event.preventDefault();
  });
}
