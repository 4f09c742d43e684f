// Answers on their way: each is kept in this browser before it is sent and until the server has said what became of it.
//
// A case takes one answer, so its address is the key under which sending twice changes nothing. What belongs to somebody else who practised in this
// browser waits for them.

import { openStore } from "./kept-store.js";
import { waitAfter } from "./patience.js";
import { sendFields } from "./practice-asking.js";

const freshToken = () => document.querySelector("input[name=csrf_token]")?.value ?? "";
// A form that was not whole comes back with the desk; any other page with this code says that the token is too old.
const isTooOld = ({ page, status }) => status === 400 && !page.querySelector("form[data-answers]");

export class KeptAnswers {
  // `heed.settled(entry, answer)` hears what became of an answer, `heed.waiting(entry, why)` that it could not be sent.
  constructor({ person, heed }) {
    Object.assign(this, { person, heed });
    this.store = openStore({ name: "touchstone-practice", store: "answers", keyPath: "address" });
    this.failures = 0;
    this.timer = 0;
    this.sending = null;
  }

  begin() {
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.failures && this.send());
    return this.send();
  }

  async own() {
    const entries = await (await this.store).all();
    return entries.filter((entry) => entry.person === this.person).sort((one, other) => one.at - other.at);
  }

  async isKept(address) {
    return (await this.own()).some((entry) => entry.address === address);
  }

  // Keep an answer and send it. Where one to the same case is kept already, from another tab, that one stands.
  async give(address, fields) {
    const given = fields.filter(([name]) => name !== "csrf_token");
    if (!(await this.isKept(address))) await (await this.store).put({ address, person: this.person, fields: given, at: Date.now() });
    await this.send();
  }

  send() {
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  async sendAll() {
    clearTimeout(this.timer);
    for (const entry of await this.own()) {
      const answer = await sendFields(entry.address, [...entry.fields, ...(entry.hasWaited ? [["was_kept", "yes"]] : []), ["csrf_token", freshToken()]]);
      const why = answer.problem ?? (isTooOld(answer) ? "too-old" : null);
      if (why) {
        await this.later(entry, why);
        return;
      }
      this.failures = 0;
      await (await this.store).remove(entry);
      await this.heed.settled(entry, answer);
    }
  }

  // The time until it arrives says no longer how long the person took.
  async later(entry, why) {
    await (await this.store).put({ ...entry, hasWaited: true });
    this.failures += 1;
    this.timer = setTimeout(() => this.send(), waitAfter(this.failures));
    this.heed.waiting(entry, why);
  }
}
