// What every page does: move focus to what went wrong, show where in the menu one is, keep a form from being sent twice, show the keys on "?".

import { isTyping } from "./key-setting.js";

document.querySelector("[data-focus]")?.focus();

const places = document.querySelector(".places");
const here = places?.querySelector("[aria-current]");
if (here && here.offsetTop + here.offsetHeight > places.clientHeight) places.scrollTop = here.offsetTop - places.clientHeight / 2;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-sends-itself")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});

function keysOnThisPage() {
  const seen = new Map([["?", "Show this list"]]);
  for (const control of document.querySelectorAll("[aria-keyshortcuts]")) {
    const keys = control.getAttribute("aria-keyshortcuts");
    const name = control.dataset.keyName ?? control.getAttribute("aria-label") ?? control.textContent.trim();
    if (!seen.has(keys)) seen.set(keys, name);
  }
  return seen;
}

function showKeys() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = "Keyboard shortcuts";
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [keys, name] of keysOnThisPage()) {
    const key = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = keys;
    key.append(kbd);
    const meaning = document.createElement("dd");
    meaning.textContent = name;
    list.append(key, meaning);
  }
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.className = "button button-secondary";
  close.textContent = "Close";
  form.append(close);
  dialog.className = "stack";
  dialog.append(title, list, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  event.preventDefault();
  showKeys();
});
