// What is marked in a case: `{field, start, end}` in characters of a text or seconds of the recording, `{field, x, y, width, height}` on a picture.

export const RECORDING = "recording";

export const isBox = (mark) => "x" in mark;
export const isTime = (mark) => mark.field === RECORDING;

const byPlace = (one, other) => one.field.localeCompare(other.field) || one.start - other.start;
const isSame = (one, other) => ["field", "x", "y", "width", "height"].every((name) => one[name] === other[name]);

// The same marks, stretches that overlap made one, no box twice.
export function merged(marks) {
  const kept = [];
  for (const mark of marks.filter((each) => !isBox(each)).sort(byPlace)) {
    const last = kept.at(-1);
    if (last && last.field === mark.field && mark.start <= last.end) last.end = Math.max(last.end, mark.end);
    else kept.push({ ...mark });
  }
  const boxes = marks.filter(isBox);
  return [...kept, ...boxes.filter((box, index) => boxes.findIndex((other) => isSame(box, other)) === index)];
}

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round((seconds % 60) * 10) / 10).replace(/^(\d)(\D|$)/u, "0$1$2")}`;

const secondsOf = (text) => text.replace(",", ".").split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

// The stretch that a line like `0:06-0:09.5` says, if it says one.
export function readTimes(line) {
  const found = /^((?:\d{1,3}:)?\d{1,5}(?:[.,]\d{1,2})?)\s*[-–—]\s*((?:\d{1,3}:)?\d{1,5}(?:[.,]\d{1,2})?)$/u.exec(line);
  if (!found) return null;
  const [start, end] = [secondsOf(found[1]), secondsOf(found[2])];
  return start < end ? { field: RECORDING, start, end } : null;
}

// What a mark that is no words is called.
export function nameOf(mark) {
  if (isTime(mark)) return `Recording, ${clock(mark.start)} to ${clock(mark.end)}`;
  return `Picture ${Number(mark.field.split(".")[1]) + 1}, a box of ${mark.width} × ${mark.height} pixels, ${mark.x} from the left and ${mark.y} from the top`;
}

function rectangle(name, [x, y, width, height]) {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ class: name, x, y, width, height })) rect.setAttribute(key, value);
  return rect;
}

// Draw one's own marks on the pictures and the timeline of a case.
export function drawMarks(shown, marks) {
  for (const rect of shown.querySelectorAll("rect.own")) rect.remove();
  for (const mark of marks.filter(isBox)) {
    shown.querySelector(`.case-boxes[data-field="${mark.field}"]`)?.append(rectangle("own", [mark.x, mark.y, mark.width, mark.height]));
  }
  const seconds = Number(shown.querySelector(".case-seek input")?.max);
  const track = shown.querySelector(".case-seek [data-case-track]");
  if (!track) return;
  for (const { start, end } of marks.filter(isTime)) track.append(rectangle("own", [(100 * start) / seconds, 0, (100 * (end - start)) / seconds, 10]));
}
