// The time left: counted by the browser's steady clock from what the server said, shown on request, announced politely. The server's clock is law.

const ANNOUNCED = [1800, 600, 300, 60, 30];

export function timeWords(left) {
  const seconds = Math.ceil(left);
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${seconds} s`;
}

const spoken = (seconds) => (seconds >= 60 ? `${seconds / 60} minute${seconds > 60 ? "s" : ""} left` : `${seconds} seconds left`);

export class Clock {
  constructor({ now, deadline, isHeld, button, output, said, onEnd }) {
    Object.assign(this, { button, output, said, onEnd });
    this.deadline = null;
    this.set(now, deadline, isHeld);
    button.hidden = false;
    button.addEventListener("click", () => this.toggle());
    setInterval(() => this.tick(), 1000);
    this.tick();
  }

  // What the server says now; says by how many seconds its deadline moved. A clock that is held stands still.
  set(now, deadline, isHeld = false) {
    const moved = this.deadline === null ? 0 : Math.round((Date.parse(deadline) - this.deadline) / 1000);
    this.deadline = Date.parse(deadline);
    this.total = (this.deadline - Date.parse(now)) / 1000;
    this.since = isHeld ? null : performance.now();
    if (this.announced === undefined || moved) {
      this.announced = new Set(ANNOUNCED.filter((threshold) => this.left() <= threshold));
      this.hasEnded = false;
    }
    return moved;
  }

  knows(deadline) {
    return Math.abs(Date.parse(deadline) - this.deadline) < 500;
  }

  left() {
    const gone = this.since === null ? 0 : (performance.now() - this.since) / 1000;
    return Math.max(0, Math.ceil(this.total - gone));
  }

  toggle() {
    this.output.hidden = !this.output.hidden;
    this.button.setAttribute("aria-expanded", String(!this.output.hidden));
    this.button.textContent = this.output.hidden ? "Time left" : "Hide";
    this.tick();
  }

  tick() {
    const left = this.left();
    this.output.textContent = timeWords(left);
    for (const threshold of ANNOUNCED) {
      if (left > threshold || this.announced.has(threshold)) continue;
      this.announced.add(threshold);
      if (left > threshold - 10) this.said.textContent = spoken(threshold);
    }
    if (left === 0 && !this.hasEnded) {
      this.hasEnded = true;
      this.said.textContent = "The time is over.";
      this.onEnd();
    }
  }
}
