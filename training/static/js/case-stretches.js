// A stretch of a recording, marked while it plays: begun at one moment, ended at a later one.

import { RECORDING, clock } from "./case-marks.js";

export function stretchMaker(medium, { add, say }) {
  let start = null;
  const moment = () => Math.round(medium.currentTime * 10) / 10;

  function begin() {
    start = moment();
    say(`Begins at ${clock(start)}. Go to where it ends, and end it there.`);
  }

  function end() {
    if (moment() <= start) {
      say(`The end must come after the beginning at ${clock(start)}.`);
      return;
    }
    const mark = { field: RECORDING, start, end: Math.min(moment(), medium.duration) };
    start = null;
    add(mark);
    say(`Marked from ${clock(mark.start)} to ${clock(mark.end)}.`);
  }

  return { begin, end: () => (start === null ? say("Begin a stretch first.") : end()), isBegun: () => start !== null };
}
