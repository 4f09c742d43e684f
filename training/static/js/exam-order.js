// Steps to be put in order: buttons and arrow keys move a step, number keys go to one. The plain selects keep the ranks and are what is sent.

const steps = (form) => [...form.querySelectorAll(".exam-step")];
const isTouched = (form) => steps(form).every((step) => step.querySelector("select").value);

export const read = (form) => (isTouched(form) ? { order: steps(form).map((step) => Number(step.dataset.place)) } : {});

function number(form) {
  steps(form).forEach((step, index, all) => {
    const [up, down] = step.querySelectorAll("button");
    step.dataset.rank = index + 1;
    up.disabled = index === 0;
    down.disabled = index === all.length - 1;
  });
  form.querySelector("[data-exam-order-untouched]").hidden = isTouched(form);
}

function rank(form) {
  steps(form).forEach((step, index) => {
    step.querySelector("select").value = String(index + 1);
  });
}

export function fill(form, answer) {
  const list = form.querySelector("[data-exam-order]");
  const places = answer.order?.length ? answer.order : steps(form).map((step) => Number(step.dataset.place)).sort((one, other) => one - other);
  for (const place of places) list.append(form.querySelector(`.exam-step[data-place="${place}"]`));
  if (answer.order?.length) rank(form);
  else for (const step of steps(form)) step.querySelector("select").value = "";
  number(form);
}

function move(form, step, by) {
  const all = steps(form);
  const to = all.indexOf(step) + by;
  if (to < 0 || to >= all.length) return;
  if (by < 0) all[to].before(step);
  else all[to].after(step);
  rank(form);
  number(form);
  const said = form.querySelector("[data-exam-order-said]");
  said.textContent = `Now at place ${to + 1} of ${all.length}.`;
  step.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
}

function button(form, step, text, name, by) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-secondary exam-move";
  made.textContent = text;
  made.setAttribute("aria-label", `${name}: ${step.querySelector("label").textContent}`);
  made.addEventListener("click", () => {
    move(form, step, by);
    (made.disabled ? step.querySelector("button:not(:disabled)") : made).focus();
  });
  return made;
}

export function enhance(form) {
  for (const step of steps(form)) {
    step.querySelector("select").hidden = true;
    step.append(button(form, step, "↑", "Up", -1), button(form, step, "↓", "Down", 1));
    step.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const focused = document.activeElement;
      move(form, step, by);
      (focused.disabled ? step.querySelector("button:not(:disabled)") : focused).focus();
    });
  }
  number(form);
}

export function pressed(form, key) {
  const step = /^[1-9]$/.test(key) ? steps(form)[Number(key) - 1] : null;
  step?.querySelector("button:not(:disabled)")?.focus();
  return Boolean(step);
}
