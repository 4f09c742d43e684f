// The time a case takes, beside the time it should take: counted by the browser's own steady clock, measured by the server.

import { onEveryPart } from "./page-parts.js";

const SOON = 0.8;
const text = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function run(clock) {
  const target = Number(clock.dataset.target);
  const already = Number(clock.dataset.elapsed);
  const shown = clock.querySelector("[data-case-elapsed]");
  const bar = clock.querySelector("progress");
  const started = performance.now();
  const tick = () => {
    if (!clock.isConnected || clock.closest("[inert]")) clearInterval(timer);
    const seconds = already + (performance.now() - started) / 1000;
    shown.textContent = text(seconds);
    bar.value = Math.min(seconds, target);
    clock.classList.toggle("is-soon", seconds >= target * SOON && seconds < target);
    clock.classList.toggle("is-over", seconds >= target);
  };
  const timer = setInterval(tick, 1000);
  tick();
  clock.hidden = false;
}

onEveryPart((part) => part.querySelectorAll("[data-case-clock]").forEach(run));
