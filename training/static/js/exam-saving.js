// Sends answers until the server acknowledges each, in their order, and says truly how many it has not.

import { agreeOnTime, nextSequence } from "./exam-window.js";
import { waitAfter } from "./patience.js";

const REST = 600;
const LONGEST_REST = 1000;
const BEACON_BYTES = 60_000;

// Whether the exam's server said it: a network that asks for its own sign-in, or a proxy, answers in its place, and has kept nothing.
const isOurs = (answer) => typeof (answer?.verdict ?? answer?.error) === "string";
const bodyOf = ({ client_id, sequence, response, is_flagged }) => ({ client_id, sequence, response, is_flagged });

export class Saver {
  constructor({ attempt, address, token, clientId, journal, listener }) {
    Object.assign(this, { attempt, address, token, clientId, journal, listener });
    this.queue = [];
    this.latest = new Map();
    this.failures = 0;
    this.lastSavedAt = null;
    this.changedAt = null;
    this.isSending = false;
    this.isStopped = false;
    this.timer = null;
  }

  // Everything unacknowledged is sent again before anything says saved.
  async begin() {
    this.queue = await this.journal.all(this.attempt);
    for (const entry of this.queue) if (entry.client_id === this.clientId) this.latest.set(entry.position, entry);
    if (this.queue.length) this.sendSoon(0);
    this.tell();
  }

  get unsavedCount() {
    return new Set(this.queue.map((entry) => entry.position)).size;
  }

  // The newest answer of this window to this place, sent or not: what a page shows that was drawn before it.
  latestFor(position) {
    return this.latest.get(position);
  }

  // Another window wrote meanwhile: what this one knows is out of date.
  forget() {
    this.latest.clear();
  }

  async change(position, response, isFlagged) {
    if (this.isStopped) return;
    const entry = { attempt: this.attempt, position, client_id: this.clientId, sequence: nextSequence(), response, is_flagged: isFlagged, at: Date.now() };
    const older = this.queue.filter((other) => other.position === position && other.client_id === this.clientId && other !== this.inFlight);
    this.queue = [...this.queue.filter((other) => !older.includes(other)), entry];
    this.latest.set(position, entry);
    this.tell();
    this.changedAt ??= Date.now();
    this.sendSoon(Math.min(REST, Math.max(0, this.changedAt + LONGEST_REST - Date.now())));
    await this.journal.add(entry);
    for (const other of older) await this.journal.remove(other);
  }

  sendSoon(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), milliseconds);
  }

  // Send at once what waits; true when nothing waits any more.
  async flush() {
    clearTimeout(this.timer);
    this.failures = 0;
    await this.send();
    return this.queue.length === 0;
  }

  async send() {
    if (this.isSending) {
      await this.sending;
      return this.isStopped || !this.queue.length || this.failures ? undefined : this.send();
    }
    this.isSending = true;
    this.sending = this.sendAll().finally(() => (this.isSending = false));
    await this.sending;
  }

  async sendAll() {
    this.changedAt = null;
    while (this.queue.length && !this.isStopped) {
      this.inFlight = this.queue[0];
      const isDone = await this.sendOne(this.inFlight);
      this.inFlight = null;
      if (!isDone) return;
    }
  }

  async sendOne(entry) {
    let response;
    try {
      response = await fetch(`${this.address}/answers/${entry.position}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify(bodyOf(entry)),
        redirect: "manual",
      });
    } catch {
      return this.failed("offline");
    }
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return this.failed("signed-out");
    if (response.status === 400) return this.failed("reload");
    if (response.status >= 500 || response.status === 429) return this.failed("offline");
    const answer = await response.json().catch(() => null);
    return isOurs(answer) ? this.acknowledged(entry, answer) : this.failed("offline");
  }

  failed(why) {
    this.failures += 1;
    this.sendSoon(waitAfter(this.failures));
    this.tell(why);
    return false;
  }

  // The server has it and has said what became of it: it need not be kept here any more.
  async acknowledged(entry, answer) {
    this.failures = 0;
    this.queue = this.queue.filter((other) => other !== entry);
    await this.journal.remove(entry);
    if (answer.fault === "response_clock_ahead") agreeOnTime(answer.now);
    if (answer.verdict === "reused_sequence" || answer.fault === "response_clock_ahead") return this.sendAnew(entry);
    if (answer.verdict === "saved" || answer.verdict === "stale") this.lastSavedAt = answer.saved_at;
    this.tell();
    if (answer.verdict !== "saved") this.listener.verdict(answer, entry);
    if (answer.now) this.listener.clock(answer.now, answer.deadline_at);
    return true;
  }

  // The same answer under the next number.
  async sendAnew(entry) {
    await this.change(entry.position, entry.response, entry.is_flagged);
    return true;
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  // What a page that closes sends on its way out. It stays in the journal: sending it twice changes nothing.
  beacon() {
    if (!this.queue.length || this.isStopped) return;
    const answers = [];
    let bytes = 0;
    for (const entry of this.queue) {
      const one = { ...bodyOf(entry), position: entry.position };
      bytes += JSON.stringify(one).length * 3;
      if (bytes > BEACON_BYTES) break;
      answers.push(one);
    }
    const form = new FormData();
    form.set("csrf_token", this.token());
    form.set("answers", JSON.stringify(answers));
    navigator.sendBeacon(`${this.address}/answers`, form);
  }

  tell(problem = null) {
    this.listener.state({ unsaved: this.unsavedCount, savedAt: this.lastSavedAt, problem });
  }
}
