// One option or several: number keys and letters choose, and an option can be crossed out for oneself.

import { addCrossingOut } from "./exam-cross-out.js";

const boxes = (form) => [...form.querySelectorAll("input[name=options]")];

export const read = (form) => {
  const options = boxes(form).filter((box) => box.checked).map((box) => Number(box.value));
  return options.length ? { options } : {};
};

export function fill(form, answer) {
  for (const box of boxes(form)) box.checked = (answer.options ?? []).includes(Number(box.value));
}

export function enhance(form, place) {
  addCrossingOut(form, place);
  const clear = form.querySelector("#exam-clear");
  if (!clear) return;
  clear.hidden = false;
  clear.addEventListener("click", () => {
    fill(form, {});
    boxes(form)[0].dispatchEvent(new Event("change", { bubbles: true }));
  });
}

export function pressed(form, key) {
  const place = /^[1-9]$/.test(key) ? Number(key) : "abcde".indexOf(key) + 1;
  const box = place ? form.querySelector(`input[name=options][value="${place}"]`) : null;
  if (!box || box.disabled) return false;
  box.click();
  return true;
}
