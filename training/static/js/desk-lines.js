// The numbers of an editor's lines, the marks of those with a fault, and the way from what is said of a line to the line.

import { enhancePart, onEveryPart } from "./page-parts.js";

const editor = document.querySelector("[data-lines]");
const text = editor?.querySelector("textarea");
const lines = document.createElement("div");
let faulty = new Set();

// The lines lie beneath the text, letter for letter, so that numbers stand beside wrapped lines too, and the text is as high as it is long.
function draw() {
  const said = text.value.split("\n");
  while (lines.children.length > said.length) lines.lastChild.remove();
  said.forEach((line, at) => {
    const row = lines.children[at] ?? lines.appendChild(document.createElement("div"));
    if (row.textContent !== line) row.textContent = line;
    row.className = faulty.has(at + 1) ? "has-fault" : "";
  });
}

function goTo(number) {
  const written = text?.value.split("\n");
  if (!written) {
    const line = document.getElementById(`line-${number}`);
    line?.closest("details")?.setAttribute("open", "");
    line?.scrollIntoView({ block: "center" });
    return;
  }
  const start = written.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start + (written[number - 1]?.length ?? 0));
  lines.children[number - 1]?.scrollIntoView({ block: "center" });
}

export function lineOfCursor() {
  return text.value.slice(0, text.selectionStart).split("\n").length;
}

function makeWay(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "to-line";
  button.textContent = place.textContent;
  button.addEventListener("click", () => goTo(Number(place.dataset.line)));
  place.replaceChildren(button);
}

export function refreshMargin(html) {
  const margin = document.querySelector("[data-margin]");
  if (margin.dataset.shown === html) return;
  const focused = [...margin.querySelectorAll("button")].indexOf(document.activeElement);
  margin.dataset.shown = html;
  margin.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  enhancePart(margin);
  if (focused >= 0) margin.querySelectorAll("button")[focused]?.focus();
}

if (text) {
  lines.className = "editor-lines";
  lines.setAttribute("aria-hidden", "true");
  editor.prepend(lines);
  editor.classList.add("has-lines");
  text.rows = 10;
  text.addEventListener("input", draw);
  text.addEventListener("desk-replaced", draw);
}

onEveryPart((part) => {
  part.querySelectorAll("[data-line]").forEach(makeWay);
  if (!text) return;
  faulty = new Set([...document.querySelectorAll("[data-margin] [data-line]:not([data-advice])")].map((place) => Number(place.dataset.line)));
  draw();
});

// A comment begins on the line where one writes.
document.querySelector("[data-comment]")?.addEventListener("toggle", ({ target }) => {
  const number = target.querySelector("input[name=line]");
  if (target.open && text && number && !number.value) number.value = lineOfCursor();
});
