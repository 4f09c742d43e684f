// Single keys for a page's own buttons and links: what says aria-keyshortcuts="N" is pressed by N, unless the person turned such keys off.
// A recording's buttons have signs for keys. At a desk the answer to the case listens by itself.

import { isTyping, keysAreOn } from "./key-setting.js";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat || !keysAreOn()) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toUpperCase();
  const control = /^[A-Z,.[\]]$/.test(key) ? document.querySelector(`[aria-keyshortcuts="${key}"]`) : null;
  if (!control || control.closest("[data-case-desk]")) return;
  event.preventDefault();
  control.click();
});
