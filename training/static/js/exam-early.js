// Holds what is pressed before the exam's script has come, which then does it. Loaded before the page, so that on a slow line no press
// leaves the page half-way; where the exam's script never comes, the plain form does after a while what was pressed.

(() => {
  const PATIENCE = 8000;
  let held = null;
  let timer = 0;

  function hold(event) {
    if (event.target.dataset.sendsItself === undefined && event.target.dataset.examBreak === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = { form: event.target, button: event.submitter };
    clearTimeout(timer);
    timer = setTimeout(release, PATIENCE);
  }

  function release() {
    clearTimeout(timer);
    document.removeEventListener("submit", hold, true);
    held?.form.requestSubmit(held.button);
    held = null;
  }

  document.addEventListener("submit", hold, true);
  document.addEventListener("exam-ready", release, { once: true });
})();
