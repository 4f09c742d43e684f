// One picture of a case, as large as wanted: nearer and farther, moved by hand, wheel and arrow keys, the next picture, and boxes marked on it.

import { isVeiled } from "./case-player.js";
import { boxMaker } from "./case-box.js";
import { followPointer } from "./picture-box.js";

const STEPS = [1, 1.5, 2, 3, 4, 6];

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function makeButton(words, key, deed) {
  const button = make("button", { type: "button", className: "button button-quiet" }, `${words} `);
  if (key) button.append(make("kbd", { ariaHidden: "true" }, key));
  button.dataset.viewerKey = key;
  button.addEventListener("click", deed);
  return button;
}

function largeOf(picture) {
  const large = make("img", { src: picture.currentSrc || picture.src, alt: picture.alt, lang: picture.lang, draggable: false });
  for (const name of ["width", "height"]) large.setAttribute(name, picture.getAttribute(name));
  return large;
}

// Show the sheet at another size, around the middle of what is seen.
function zoom(frame, sheet, by) {
  const now = STEPS.indexOf(Number(sheet.dataset.zoom));
  const next = by ? STEPS[Math.min(Math.max(now + by, 0), STEPS.length - 1)] : 1;
  const middle = [(frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth, (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight];
  sheet.dataset.zoom = String(next);
  sheet.style.inlineSize = `${next * 100}%`;
  frame.scrollLeft = middle[0] * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = middle[1] * frame.scrollHeight - frame.clientHeight / 2;
  return next;
}

function pan(frame, event) {
  let [x, y] = [event.clientX, event.clientY];
  followPointer(frame, event, {
    move: (moved) => {
      frame.scrollBy(x - moved.clientX, y - moved.clientY);
      [x, y] = [moved.clientX, moved.clientY];
    },
    done: () => {},
  });
}

function show(holder, dialog) {
  const picture = holder.querySelector("img");
  const shown = holder.closest("[data-case]");
  const holders = [...shown.querySelectorAll(".case-picture")];
  const image = largeOf(picture);
  const sheet = make("div", { className: "case-sheet" }, image);
  const frame = make("div", { className: "case-large-frame", tabIndex: 0, role: "group", ariaLabel: "The picture; arrow keys move it" }, sheet);
  const said = make("p", { className: "small", role: "status" });
  const tools = make("div", { className: "case-large-tools cluster" });
  sheet.dataset.zoom = "1";
  const say = (words) => {
    said.textContent = words;
  };
  const drawBoxes = () => {
    sheet.querySelector(".case-boxes")?.remove();
    sheet.append(holder.querySelector(".case-boxes").cloneNode(true));
  };
  const boxes = boxMaker(sheet, image, {
    keep: ([x, y, width, height]) => {
      shown.dispatchEvent(new CustomEvent("case-mark", { detail: { field: holder.querySelector(".case-boxes").dataset.field, x, y, width, height } }));
      drawBoxes();
      frame.focus();
    },
    leave: () => frame.focus(),
    say,
  });
  const nearer = (by) => say(`The picture is shown at ${Math.round(zoom(frame, sheet, by) * 100)} %.`);
  tools.append(makeButton("Smaller", "−", () => nearer(-1)), makeButton("Larger", "+", () => nearer(1)), makeButton("Whole", "0", () => nearer(0)));
  if ("takesMarks" in shown.dataset) tools.append(makeButton("Mark a box", "B", () => boxes.begin(frame)));
  if (holders.length > 1) tools.append(makeButton("Next picture", "N", () => show(holders[(holders.indexOf(holder) + 1) % holders.length], dialog)));
  tools.append(makeButton("Close", "", () => dialog.close()));
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest(".case-box-draft")) return;
    if (boxes.isBegun()) boxes.draw(event);
    else if (event.pointerType === "mouse") pan(frame, event);
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    nearer(event.deltaY < 0 ? 1 : -1);
  });
  dialog.setAttribute("aria-label", picture.alt);
  dialog.replaceChildren(frame, said, tools);
  drawBoxes();
  frame.focus();
}

function listenToKeys(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = { "-": "−", "=": "+" }[event.key] ?? event.key.toUpperCase();
    const button = key ? dialog.querySelector(`[data-viewer-key="${CSS.escape(key)}"]`) : null;
    if (!button || event.defaultPrevented) return;
    event.preventDefault();
    button.click();
  });
}

export function openViewer(holder) {
  const shown = holder.closest("[data-case]");
  if (isVeiled(shown)) return;
  const dialog = make("dialog", { className: "case-large" });
  dialog.classList.toggle("is-greyscale", shown.matches(".is-greyscale"));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  listenToKeys(dialog);
  document.body.append(dialog);
  dialog.showModal();
  show(holder, dialog);
}
