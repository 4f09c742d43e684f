// The time left: counted by the browser's steady clock from what the server said, shown on request, announced politely. The server's clock is law.

const ANNOUNCED = [1800, 600, 300, 60, 30];

function words(seconds) {
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${seconds} s`;
}

const spoken = (seconds) => (seconds >= 60 ? `${seconds / 60} minute${seconds > 60 ? "s" : ""} left` : `${seconds} seconds left`);

export class Clock {
  constructor({ now, deadline, button, output, said, onEnd }) {
    Object.assign(this, { button, output, said, onEnd });
    this.set(now, deadline);
    this.announced = new Set(ANNOUNCED.filter((threshold) => this.left() <= threshold));
    this.hasEnded = false;
    button.hidden = false;
    button.addEventListener("click", () => this.toggle());
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  set(now, deadline) {
    this.total = (Date.parse(deadline) - Date.parse(now)) / 1000;
    this.since = performance.now();
  }

  left() {
    return Math.max(0, Math.ceil(this.total - (performance.now() - this.since) / 1000));
  }

  toggle() {
    this.output.hidden = !this.output.hidden;
    this.button.setAttribute("aria-expanded", String(!this.output.hidden));
    this.button.textContent = this.output.hidden ? "Time left" : "Hide";
    this.tick();
  }

  tick() {
    const left = this.left();
    this.output.textContent = words(left);
    for (const threshold of ANNOUNCED) {
      if (left > threshold || this.announced.has(threshold)) continue;
      this.announced.add(threshold);
      if (left > threshold - 10) this.said.textContent = spoken(threshold);
    }
    if (left === 0 && !this.hasEnded) {
      this.hasEnded = true;
      clearInterval(this.timer);
      this.said.textContent = "The time is over.";
      this.onEnd();
    }
  }
}
