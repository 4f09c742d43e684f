// Follows on the page what was done to the attempt elsewhere: more time, a pause, a break, another window, the end.

import { timeWords } from "./exam-clock.js";
import { coverNow, coverWith, uncover } from "./exam-cover.js";
import { notify, say } from "./exam-telling.js";

export function coverFor({ paused_at: pausedAt, is_on_break: isOnBreak }) {
  if (pausedAt !== null) return "pause";
  return isOnBreak ? "break" : null;
}

// What the exam's script gives: its clock and saver, whether this window can only read, and what it does about each change.
export function following({ clientId, clock, saver, standing, isReadOnly, turnReadOnly, showPage, leave, end }) {
  let breakTimer = 0;

  // How the attempt stands by the server: everything that was done elsewhere is followed here.
  function follow(status) {
    if (status.state !== "open") return leave();
    const cover = coverFor(status);
    const moved = clock().set(status.paused_at ?? status.now, status.deadline_at, status.paused_at !== null);
    document.getElementById("exam-ends").textContent = cover === "pause" ? "Paused" : `Ends ${status.deadline_text}`;
    if (cover) coverQuestions(cover, status);
    else if (coverNow()) uncoverQuestions(status);
    else if (moved) announceDeadline(moved, status);
    if (status.writer !== null && status.writer !== clientId && !isReadOnly()) turnReadOnly();
    if (!cover && clock().left() === 0) end();
    return undefined;
  }

  function announceDeadline(moved, { deadline_text: ends }) {
    const change = Math.abs(moved) % 60 === 0 ? `${Math.abs(moved) / 60} minute${Math.abs(moved) === 60 ? "" : "s"}` : `${Math.abs(moved)} seconds`;
    const text = moved > 0 ? `You have ${change} more. The exam now ends ${ends}.` : `The exam now ends ${ends}.`;
    say(text);
    if (!isReadOnly()) notify("info", text);
  }

  function coverQuestions(kind, status) {
    if (coverWith(kind)) say(kind === "pause" ? "The exam is paused. Its time stands still." : "Your break has begun.");
    const left = document.getElementById("exam-cover-left");
    if (left && kind === "break") {
      left.textContent = `${timeWords(status.break_seconds_left)} of your breaks are left.`;
      clearTimeout(breakTimer);
      breakTimer = setTimeout(() => standing().look(), status.break_seconds_left * 1000 + 50);
    } else if (left) left.textContent = `You have ${timeWords((Date.parse(status.deadline_at) - Date.parse(status.paused_at)) / 1000)} left when it goes on.`;
    saver.tell();
  }

  async function uncoverQuestions({ deadline_text: ends }) {
    if (!uncover()) await showPage(location.href, false);
    const text = `It goes on. The exam ends ${ends}.`;
    say(text);
    notify("info", text);
    if (isReadOnly()) turnReadOnly();
    else saver.tell();
  }

  return follow;
}
