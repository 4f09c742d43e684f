// A short answer or a written reply: saved while it is written, not only when the field is left.

const field = (form) => form.querySelector("#exam-text");

export const read = (form) => {
  const text = field(form).value.trim();
  return text ? { text } : {};
};

function count(form) {
  const place = form.querySelector("[data-exam-count]");
  if (place) place.textContent = `${field(form).value.length} of ${field(form).maxLength} characters`;
}

export function fill(form, answer) {
  field(form).value = answer.text ?? "";
  count(form);
}

export function enhance(form) {
  field(form).addEventListener("input", () => {
    count(form);
    field(form).dispatchEvent(new Event("change", { bubbles: true }));
  });
  count(form);
}

export function pressed(form, key) {
  if (key !== "a") return false;
  field(form).focus();
  return true;
}
