// A short answer or a written reply: saved while it is written, not only when the field is left.

const PAUSE = 800;

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

// Tell the page of a change at most this often while somebody writes, and at once when the page is left.
export function tellWhileWriting(control, pause = PAUSE) {
  let timer = null;
  const tell = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };
  control.addEventListener("input", () => {
    timer ??= setTimeout(tell, pause);
  });
  control.addEventListener("change", (event) => {
    if (event.isTrusted) {
      clearTimeout(timer);
      timer = null;
    }
  });
  document.addEventListener("visibilitychange", tell, { capture: true });
  addEventListener("pagehide", tell, { capture: true });
  return tell;
}

export function enhance(form) {
  tellWhileWriting(field(form));
  field(form).addEventListener("input", () => count(form));
  count(form);
}

export function pressed(form, key) {
  if (key !== "a") return false;
  field(form).focus();
  return true;
}
