// Boxes in a picture: drawn with a pointer, or written as numbers in the picture's own pixels. The picture can be enlarged.

import { completeRows, enhanceRows, fillRows, firstEmpty, readRows, said, showMarks, tell, valuesOf, write } from "./exam-rows.js";

const SMALLEST = 4;
const STEPS = [1, 1.5, 2, 3, 4];

export const read = readRows;

const sheet = (form) => form.querySelector("[data-exam-sheet]");
const picture = (form) => sheet(form).querySelector("img");
const sizeOf = (form) => [Number(picture(form).getAttribute("width")), Number(picture(form).getAttribute("height"))];

function place(box, [x, y, width, height], [wide, high]) {
  box.style.insetInlineStart = `${(100 * x) / wide}%`;
  box.style.insetBlockStart = `${(100 * y) / high}%`;
  box.style.inlineSize = `${(100 * width) / wide}%`;
  box.style.blockSize = `${(100 * height) / high}%`;
}

function makeBox(form, values, number) {
  const box = document.createElement("span");
  box.className = "exam-box";
  box.dataset.number = number;
  place(box, values, sizeOf(form));
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

// Where a pointer is, in pixels of the picture.
function pointOf(form, { clientX, clientY }) {
  const frame = picture(form).getBoundingClientRect();
  const [wide, high] = sizeOf(form);
  const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
  return [within(((clientX - frame.left) / frame.width) * wide, wide), within(((clientY - frame.top) / frame.height) * high, high)];
}

const between = ([x, y], [otherX, otherY]) => [Math.min(x, otherX), Math.min(y, otherY), Math.abs(x - otherX), Math.abs(y - otherY)];

function draw(form, event) {
  const row = firstEmpty(form);
  if (event.button !== 0) return;
  if (!row) {
    said(form, "All rows are used. Remove a box first.");
    return;
  }
  const from = pointOf(form, event);
  const box = makeBox(form, [...from, 0, 0], "");
  const drawing = new AbortController();
  const { signal } = drawing;
  sheet(form).append(box);
  sheet(form).setPointerCapture(event.pointerId);
  sheet(form).addEventListener("pointermove", (moved) => place(box, between(from, pointOf(form, moved)), sizeOf(form)), { signal });
  const finish = (last) => {
    drawing.abort();
    box.remove();
    const values = between(from, pointOf(form, last));
    if (Math.min(values[2], values[3]) < SMALLEST || last.type === "pointercancel") return;
    write(row, values);
    showMarks(form, showBoxes);
    said(form, `Marked a box of ${values[2]} × ${values[3]} pixels.`);
    tell(row);
  };
  for (const type of ["pointerup", "pointercancel"]) sheet(form).addEventListener(type, finish, { signal });
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
