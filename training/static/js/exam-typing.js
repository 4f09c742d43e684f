// The typing test: a passage, a field, and the browser's steady clock. Pasting is refused; a test that is over stays as it is.

const PAUSE = 2000;
const running = new WeakMap();

const holder = (form) => form.querySelector("[data-exam-typing]");
const field = (form) => form.querySelector("#exam-text");
const passage = (form) => form.querySelector("[data-exam-passage]").textContent.trim();
const limit = (form) => Number(holder(form).dataset.seconds);
const taken = (form) => Number(holder(form).dataset.taken);

export const read = (form) => (taken(form) || field(form).value ? { text: field(form).value, seconds: Math.round(taken(form) * 10) / 10 } : {});

const say = (form, words) => {
  form.querySelector("[data-exam-typing-said]").textContent = words;
};

const isOver = (form) => taken(form) >= limit(form) || (taken(form) > 0 && field(form).value.length >= passage(form).length);

function show(form) {
  const button = form.querySelector("[data-exam-begin]");
  const isRunning = running.has(form);
  field(form).readOnly = !isRunning;
  button.disabled = isRunning || isOver(form);
  form.querySelector("[data-exam-left]").textContent = isRunning ? `${Math.max(0, Math.ceil(limit(form) - taken(form)))} s left` : "";
  if (!isRunning && isOver(form)) say(form, "This test is done. It stays as it is.");
  else if (!isRunning && field(form).value) say(form, "The test was broken off. Begin again, or let it stand as it is.");
}

export function fill(form, answer) {
  field(form).value = answer.text ?? "";
  holder(form).dataset.taken = answer.seconds ?? 0;
  show(form);
}

const tell = (form) => field(form).dispatchEvent(new Event("change", { bubbles: true }));

function stop(form) {
  clearInterval(running.get(form)?.timer);
  running.delete(form);
  show(form);
  tell(form);
}

function tick(form) {
  const run = running.get(form);
  if (!run || !form.isConnected) {
    clearInterval(run?.timer);
    return;
  }
  holder(form).dataset.taken = Math.min(limit(form), (performance.now() - run.started) / 1000);
  if (isOver(form)) {
    stop(form);
    return;
  }
  show(form);
  if (performance.now() - run.toldAt < PAUSE) return;
  run.toldAt = performance.now();
  tell(form);
}

function begin(form) {
  if (running.has(form) || isOver(form)) return;
  field(form).value = "";
  say(form, "Type now.");
  holder(form).dataset.taken = 0.1;
  running.set(form, { started: performance.now(), toldAt: performance.now(), timer: setInterval(() => tick(form), 200) });
  show(form);
  field(form).focus();
  tell(form);
}

function refusePasting(form) {
  for (const type of ["paste", "drop"]) {
    field(form).addEventListener(type, (event) => {
      event.preventDefault();
      say(form, "Pasting is not taken here: type the passage.");
    });
  }
}

export function enhance(form) {
  form.querySelector("[data-exam-begin]").addEventListener("click", () => begin(form));
  field(form).addEventListener("input", () => tick(form));
  refusePasting(form);
  show(form);
}

export function pressed(form, key) {
  if (key !== "a") return false;
  begin(form);
  return true;
}
