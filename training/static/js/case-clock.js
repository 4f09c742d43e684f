// The time a case takes, beside the time it should take: counted by the browser's own steady clock, measured by the server.

const SOON = 0.8;
const text = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

for (const clock of document.querySelectorAll("[data-case-clock]")) {
  const target = Number(clock.dataset.target);
  const already = Number(clock.dataset.elapsed);
  const shown = clock.querySelector("[data-case-elapsed]");
  const bar = clock.querySelector("progress");
  const started = performance.now();
  const tick = () => {
    const seconds = already + (performance.now() - started) / 1000;
    shown.textContent = text(seconds);
    bar.value = Math.min(seconds, target);
    clock.classList.toggle("is-soon", seconds >= target * SOON && seconds < target);
    clock.classList.toggle("is-over", seconds >= target);
  };
  tick();
  clock.hidden = false;
  setInterval(tick, 1000);
}
