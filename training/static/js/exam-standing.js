// Asks every few seconds how the attempt stands, so that what happens elsewhere reaches this window within 15 seconds: more time, a pause,
// another window that writes, the end.

const SPREAD = 0.2;
const PATIENCE = 4000;

export class Standing {
  constructor({ address, seconds, heed }) {
    Object.assign(this, { address, seconds, heed });
    this.round = 0;
    this.timer = 0;
  }

  begin() {
    this.later();
    addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.look());
  }

  // A tenth earlier or later, so that a hall that starts together does not ask together.
  later() {
    clearTimeout(this.timer);
    if (this.seconds) this.timer = setTimeout(() => this.look(), this.seconds * 1000 * (1 - SPREAD / 2 + Math.random() * SPREAD));
  }

  // What is under way when the writer changes here is out of date when it comes.
  forget() {
    this.round += 1;
  }

  stop() {
    this.seconds = 0;
    this.forget();
    clearTimeout(this.timer);
  }

  // The newest answer alone is heeded; nothing where there is none.
  async look() {
    this.later();
    this.round += 1;
    const { round } = this;
    try {
      const response = await fetch(`${this.address}/status`, { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      const status = response.ok ? await response.json() : null;
      if (status && round === this.round) this.heed(status);
      return status;
    } catch {
      return null;
    }
  }
}
