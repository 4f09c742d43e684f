// A box that is being marked on a picture: drawn with a pointer, or placed with the arrow keys and kept with Enter.

import { SMALLEST, between, followPointer, place, pointOf, sizeOf } from "./picture-box.js";

const STEP = 0.02;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value, least, most) => Math.min(Math.max(value, least), most);

// The box moved, or its lower right corner, without leaving the picture.
function moved([x, y, width, height], [across, down], [wide, high], isSize) {
  if (isSize) return [x, y, within(width + across, SMALLEST, wide - x), within(height + down, SMALLEST, high - y)];
  return [within(x + across, 0, wide - width), within(y + down, 0, high - height), width, height];
}

// A quarter of what is seen of the picture, in its middle.
function middleOf(frame, image) {
  const edge = frame.getBoundingClientRect();
  const at = (share) => pointOf(image, { clientX: edge.left + edge.width * share, clientY: edge.top + edge.height * share });
  return between(at(0.375), at(0.625));
}

export function boxMaker(sheet, image, { keep, leave, say }) {
  let draft = null;
  let values = null;

  function show() {
    place(draft, values, sizeOf(image));
    const [x, y, width, height] = values;
    draft.setAttribute("aria-label", `Box of ${width} × ${height} pixels, ${x} from the left and ${y} from the top`);
  }

  function stop() {
    draft?.remove();
    draft = null;
  }

  function finish() {
    const box = values;
    stop();
    keep(box);
    say(`Marked a box of ${box[2]} × ${box[3]} pixels.`);
  }

  function pressed(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      stop();
      leave();
      say("No box marked.");
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const size = sizeOf(image);
    const step = event.altKey ? 1 : Math.round(STEP * size[0]);
    values = moved(values, [arrow[0] * step, arrow[1] * step], size, event.shiftKey);
    show();
    draft.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(draft.getAttribute("aria-label"));
  }

  function begin(frame) {
    stop();
    draft = document.createElement("button");
    draft.type = "button";
    draft.className = "case-box-draft";
    draft.addEventListener("keydown", pressed);
    draft.addEventListener("click", finish);
    values = middleOf(frame, image);
    show();
    sheet.append(draft);
    draft.focus();
    say("Draw a box, or move this one with the arrow keys, change its size with Shift and the arrow keys, and keep it with Enter. Alt moves by one pixel.");
  }

  function draw(event) {
    const from = pointOf(image, event);
    event.preventDefault();
    followPointer(sheet, event, {
      move: (later) => {
        values = between(from, pointOf(image, later));
        show();
      },
      done: (last) => {
        const drawn = between(from, pointOf(image, last));
        if (last.type === "pointercancel" || Math.min(drawn[2], drawn[3]) < SMALLEST) return;
        values = drawn;
        finish();
      },
    });
  }

  return { begin, draw, isBegun: () => draft !== null };
}
