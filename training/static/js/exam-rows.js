// Marks as rows of numbers, which can be written by hand: what draws or plays only fills them in.

export const rows = (form) => [...form.querySelectorAll(".exam-row")];
export const inputs = (row) => [...row.querySelectorAll("input")];
const valueOf = (input) => (input.value.trim() === "" ? null : Number(input.value));

export const valuesOf = (row) => inputs(row).map(valueOf);
export const isComplete = (row) => valuesOf(row).every((value) => value !== null);
const isEmpty = (row) => inputs(row).every((input) => input.value.trim() === "");

export const completeRows = (form) => rows(form).filter(isComplete);
export const firstEmpty = (form) => rows(form).find(isEmpty) ?? null;

export const readRows = (form) => {
  const marks = completeRows(form).map(valuesOf);
  return marks.length ? { marks } : {};
};

export function write(row, values) {
  inputs(row).forEach((input, index) => {
    input.value = values[index] === null || values[index] === undefined ? "" : String(Math.round(values[index] * 100) / 100);
  });
}

export const said = (form, words) => {
  form.querySelector("[data-exam-marks-said]").textContent = words;
};

export const tell = (row) => inputs(row)[0].dispatchEvent(new Event("change", { bubbles: true }));

export function fillRows(form, answer) {
  rows(form).forEach((row, index) => write(row, answer.marks?.[index] ?? []));
}

// What is shown of the marks besides their rows, and which rows can be removed.
export function showMarks(form, show) {
  for (const row of rows(form)) row.querySelector("[data-exam-remove]").hidden = isEmpty(row);
  show(form);
}

export function enhanceRows(form, show) {
  for (const row of rows(form)) {
    row.addEventListener("input", () => showMarks(form, show));
    row.querySelector("[data-exam-remove]").addEventListener("click", () => {
      write(row, []);
      showMarks(form, show);
      said(form, "Removed.");
      inputs(row)[0].focus();
      tell(row);
    });
  }
  showMarks(form, show);
}
