// What this window reports of itself, as the exam's page told before the start: that it was left and for how long, and that something was pasted. Never what.

const SHORTEST = 1000;
const AT_ONCE = 50;
const REST = 20_000;

export class Watch {
  // `isResting` says whether nothing is recorded now: a break, or a page that can only be read.
  constructor({ address, token, clientId, position, isResting }) {
    Object.assign(this, { address, token, clientId, position, isResting });
    this.noticed = [];
    this.number = Number(localStorage.getItem(this.key)) || 0;
    this.leftAt = null;
    addEventListener("blur", () => this.left());
    addEventListener("focus", () => this.cameBack());
    document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? this.left() : document.hasFocus() && this.cameBack()));
    document.addEventListener("paste", () => this.note("paste", performance.now(), 0));
    addEventListener("pagehide", () => this.beacon());
    setInterval(() => this.send(), REST);
  }

  get key() {
    return `touchstone.exam.signals.${this.clientId}`;
  }

  left() {
    if (this.leftAt === null && !this.isResting()) this.leftAt = { at: performance.now(), position: this.position() };
  }

  cameBack() {
    const left = this.leftAt;
    this.leftAt = null;
    if (left && performance.now() - left.at >= SHORTEST) this.note("focus_lost", left.at, performance.now() - left.at, left.position);
  }

  note(kind, at, milliseconds, position = this.position()) {
    if (this.isResting()) return;
    this.number += 1;
    localStorage.setItem(this.key, String(this.number));
    this.noticed.push({ number: this.number, kind, position, at, milliseconds: Math.round(milliseconds) });
  }

  body(noticed) {
    const now = performance.now();
    const signals = noticed.map(({ at, position, ...rest }) => ({ ...rest, ago: Math.round(now - at), ...(position ? { position } : {}) }));
    const form = new FormData();
    form.set("csrf_token", this.token());
    form.set("signals", JSON.stringify({ client_id: this.clientId, signals }));
    return form;
  }

  // What could not be sent is sent with the next; the server keeps each once.
  async send() {
    const noticed = this.noticed.slice(0, AT_ONCE);
    if (!noticed.length) return;
    try {
      const response = await fetch(`${this.address}/signals`, { method: "POST", headers: { Accept: "application/json" }, body: this.body(noticed), redirect: "manual" });
      if (response.ok || response.status === 404 || response.status === 422) this.noticed = this.noticed.filter((one) => !noticed.includes(one));
    } catch {
      // No connection: what was noticed waits.
    }
  }

  beacon() {
    if (this.noticed.length) navigator.sendBeacon(`${this.address}/signals`, this.body(this.noticed.slice(0, AT_ONCE)));
  }
}
