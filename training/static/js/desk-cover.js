// Boxes over what must not be seen on a picture: drawn or written, by the same hands as in an exam. The desk has no single keys, so none are named.

import { enhance } from "./exam-region.js";

const form = document.querySelector("[data-cover]");
const canvas = form.querySelector(".exam-canvas");
for (const part of form.querySelectorAll(".exam-scripted")) part.hidden = false;
for (const button of form.querySelectorAll("[data-exam-zoom]")) {
  button.removeAttribute("aria-keyshortcuts");
  button.removeAttribute("data-key-name");
  button.querySelector("kbd")?.remove();
}
Object.assign(canvas, { tabIndex: 0, role: "group", ariaLabel: "The picture" });
enhance(form);
