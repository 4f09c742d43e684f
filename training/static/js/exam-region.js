// Boxes in a picture: drawn with a pointer, or written as numbers in the picture's own pixels. The picture can be enlarged.

import { SMALLEST, between, followPointer, place, pointOf, sizeOf } from "./picture-box.js";
import { completeRows, enhanceRows, fillRows, firstEmpty, readRows, said, showMarks, tell, valuesOf, write } from "./exam-rows.js";

const STEPS = [1, 1.5, 2, 3, 4];

export const read = readRows;

const sheet = (form) => form.querySelector("[data-exam-sheet]");
const picture = (form) => sheet(form).querySelector("img");
function makeBox(form, values, number) {
  const box = document.createElement("span");
  box.className = "exam-box";
  box.dataset.number = number;
  place(box, values, sizeOf(picture(form)));
  return box;
}

function showBoxes(form) {
  for (const box of sheet(form).querySelectorAll(".exam-box")) box.remove();
  completeRows(form).forEach((row, index) => sheet(form).append(makeBox(form, valuesOf(row), index + 1)));
}

export function fill(form, answer) {
  fillRows(form, answer);
  showMarks(form, showBoxes);
}

function draw(form, event) {
  const row = firstEmpty(form);
  if (event.button !== 0) return;
  if (!row) {
    said(form, "All rows are used. Remove a box first.");
    return;
  }
  const from = pointOf(picture(form), event);
  const box = makeBox(form, [...from, 0, 0], "");
  sheet(form).append(box);
  followPointer(sheet(form), event, {
    move: (moved) => place(box, between(from, pointOf(picture(form), moved)), sizeOf(picture(form))),
    done: (last) => {
      box.remove();
      const values = between(from, pointOf(picture(form), last));
      if (Math.min(values[2], values[3]) < SMALLEST || last.type === "pointercancel") return;
      write(row, values);
      showMarks(form, showBoxes);
      said(form, `Marked a box of ${values[2]} × ${values[3]} pixels.`);
      tell(row);
    },
  });
}

function zoom(form, by) {
  const now = Number(sheet(form).dataset.zoom ?? 1);
  const next = STEPS[Math.min(Math.max(STEPS.indexOf(now) + by, 0), STEPS.length - 1)];
  sheet(form).dataset.zoom = String(next);
  sheet(form).style.inlineSize = `${next * 100}%`;
  said(form, `The picture is shown at ${Math.round(next * 100)} %.`);
}

export function enhance(form) {
  sheet(form).addEventListener("pointerdown", (event) => draw(form, event));
  for (const button of form.querySelectorAll("[data-exam-zoom]")) button.addEventListener("click", () => zoom(form, button.dataset.examZoom === "in" ? 1 : -1));
  enhanceRows(form, showBoxes);
}

export function pressed(form, key) {
  const by = { x: 1, z: -1 }[key];
  if (by) zoom(form, by);
  return Boolean(by);
}
