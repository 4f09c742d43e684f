// Stretches of a video or a sound: begun and ended at the moment that plays, or written in seconds.

import { completeRows, enhanceRows, fillRows, firstEmpty, inputs, readRows, rows, said, showMarks, tell, valuesOf } from "./exam-rows.js";

export const read = readRows;

const player = (form) => form.querySelector("video, audio");

function showTrack(form) {
  const track = form.querySelector("[data-exam-track]");
  const seconds = player(form).duration;
  track.hidden = !Number.isFinite(seconds);
  if (track.hidden) return;
  track.replaceChildren(
    ...completeRows(form).map(valuesOf).filter(([start, end]) => start < end).map(([start, end]) => {
      const mark = document.createElement("span");
      mark.style.insetInlineStart = `${(100 * start) / seconds}%`;
      mark.style.inlineSize = `${(100 * (Math.min(end, seconds) - start)) / seconds}%`;
      return mark;
    }),
  );
}

export function fill(form, answer) {
  fillRows(form, answer);
  showMarks(form, showTrack);
}

const halfDone = (form) => rows(form).find((row) => valuesOf(row)[0] !== null && valuesOf(row)[1] === null) ?? null;
const moment = (form) => Math.round(player(form).currentTime * 10) / 10;

function begin(form) {
  const row = halfDone(form) ?? firstEmpty(form);
  if (!row) return said(form, "All rows are used. Remove a mark first.");
  inputs(row)[0].value = String(moment(form));
  showMarks(form, showTrack);
  return said(form, `Begins at ${moment(form)} s. Go to where it ends, and end it there.`);
}

function end(form) {
  const row = halfDone(form);
  if (!row) return said(form, "Begin a mark first.");
  if (moment(form) <= valuesOf(row)[0]) return said(form, "The end must come after the beginning.");
  inputs(row)[1].value = String(moment(form));
  showMarks(form, showTrack);
  tell(row);
  return said(form, `Marked from ${valuesOf(row)[0]} to ${valuesOf(row)[1]} s.`);
}

const playOrPause = (form) => (player(form).paused ? player(form).play() : player(form).pause());

export function enhance(form) {
  player(form).addEventListener("loadedmetadata", () => showTrack(form));
  form.querySelector("[data-exam-begin]").addEventListener("click", () => begin(form));
  form.querySelector("[data-exam-end]").addEventListener("click", () => end(form));
  form.querySelector("[data-exam-play]").addEventListener("click", () => playOrPause(form));
  enhanceRows(form, showTrack);
}

export function pressed(form, key) {
  const deed = { b: begin, e: end, p: playOrPause }[key];
  deed?.(form);
  return Boolean(deed);
}
