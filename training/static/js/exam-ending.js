// How an exam ends: handed in by the candidate or because its time is over, and left for its result once that can be reached.

import { coverFor } from "./exam-following.js";
import { notify } from "./exam-telling.js";

export function ending({ address, clientId, clock, post, saver, standing, watch }) {
  let isEnding = false;
  let isLeaving = false;

  // The attempt is over: what is still here is sent as evidence, and the result is shown once it can be reached.
  async function leave() {
    if (isLeaving) return;
    isLeaving = true;
    await saver.flush();
    if (await reaches()) {
      standing.stop();
      saver.stop();
      location.assign(`${address}/result`);
    } else {
      isLeaving = false;
      notify("bad", "The exam is over and there is no connection. Leave this page open: the result is shown when the connection is back.");
    }
  }

  // Whether the exam's server answers, so that nothing else takes the place of the exam. Whoever is signed out is asked in, and comes to the result.
  async function reaches() {
    try {
      const response = await fetch(`${address}/status`, { headers: { Accept: "application/json" }, redirect: "manual" });
      const isTurnedAway = response.type === "opaqueredirect" || response.status === 401;
      return isTurnedAway || typeof (await response.json()).state === "string";
    } catch {
      return false;
    }
  }

  async function submit() {
    if (!(await saver.flush())) {
      const words = saver.unsavedCount === 1 ? "1 answer is not saved yet. It is" : `${saver.unsavedCount} answers are not saved yet. They are`;
      return notify("bad", `${words} sent as soon as there is a connection; submit then.`);
    }
    await watch.send();
    try {
      const { status, answer } = await post("submission", { client_id: clientId });
      if (status === 200) return leave();
      if (answer.error === "sitting_paused") standing.look();
      return notify("bad", answer.message ?? "Submitting did not work. Nothing is lost; try again.");
    } catch {
      return notify("bad", "No connection, so nothing was submitted. Your answers are saved; try again when the connection is back.");
    }
  }

  // More time may have been given in the last seconds, so the server is asked before anything is handed in.
  async function end() {
    if (isEnding) return;
    isEnding = true;
    const known = await standing.look();
    if (clock().left() === 0 && (known === null || (known.state === "open" && !coverFor(known)))) await handIn();
    isEnding = false;
  }

  async function handIn() {
    notify("bad", "The time is over. Your answers are being handed in.");
    await saver.flush();
    try {
      const { status } = await post("submission", { client_id: clientId });
      if (status < 500) await leave();
    } catch {
      notify("bad", "The time is over and there is no connection. What was saved counts; leave this page open, the rest is sent when the connection is back.");
    }
  }

  return { leave, submit, end, isLeaving: () => isLeaving };
}
