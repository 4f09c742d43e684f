// Marking evidence: words of the case, selected or typed, stretches of its recording and boxes on its pictures, in one list.
//
// Places are counted in characters (code points), as the server counts them; browsers count UTF-16 units, so each is translated.

import { drawMarks, isBox, isTime, merged, nameOf, readTimes } from "./case-marks.js";
import { stretchMaker } from "./case-stretches.js";

const HIGHLIGHT = "case-evidence";

const points = (text) => [...text].length;
const pointsBefore = (text, units) => points(text.slice(0, units));
const unitsBefore = (text, count) => [...text].slice(0, count).join("").length;

function rangeWithin(element, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let hasStart = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (!hasStart && start < passed + length) {
      range.setStart(node, start - passed);
      hasStart = true;
    }
    if (hasStart && end <= passed + length) {
      range.setEnd(node, end - passed);
      return range;
    }
    passed += length;
  }
  return null;
}

function unitsUpTo(element, container, offset) {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(container, offset);
  return range.toString().length;
}

// The part of a selection that lies in one text of the case, without blanks at its ends.
function markIn(element, selection) {
  const text = element.textContent;
  let start = element.contains(selection.startContainer) ? unitsUpTo(element, selection.startContainer, selection.startOffset) : 0;
  let end = element.contains(selection.endContainer) ? unitsUpTo(element, selection.endContainer, selection.endOffset) : text.length;
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return start < end ? { field: element.dataset.path, start: pointsBefore(text, start), end: pointsBefore(text, end) } : null;
}

function occurrences(texts, quote) {
  const found = [];
  for (const [field, element] of texts) {
    const text = element.textContent;
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      found.push({ field, start: pointsBefore(text, at), end: pointsBefore(text, at + quote.length) });
    }
  }
  return found;
}

export function enhanceEvidence(fieldset, shown) {
  const input = fieldset.querySelector("input[type=hidden]");
  const list = fieldset.querySelector(".case-marks");
  const said = fieldset.querySelector(".case-mark-said");
  const quotes = fieldset.querySelector(".case-quoting:not(.case-timing) textarea");
  const times = fieldset.querySelector(".case-timing textarea");
  const medium = shown?.querySelector("[data-case-player] :is(video, audio)");
  const texts = new Map([...(shown?.querySelectorAll("[data-path]") ?? [])].map((element) => [element.dataset.path, element]));
  let marks = [];
  let lastSelection = null;

  const say = (words) => {
    said.textContent = words;
  };

  const isWords = (mark) => !isBox(mark) && !isTime(mark);
  const wordsOf = (mark) => (isWords(mark) ? [...(texts.get(mark.field)?.textContent ?? "")].slice(mark.start, mark.end).join("") : nameOf(mark));

  function paint() {
    if (shown) drawMarks(shown, marks);
    if (!("highlights" in CSS)) return;
    const ranges = marks.filter(isWords).map((mark) => {
      const element = texts.get(mark.field);
      return element && rangeWithin(element, unitsBefore(element.textContent, mark.start), unitsBefore(element.textContent, mark.end));
    });
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges.filter(Boolean)));
  }

  function show() {
    list.replaceChildren(
      ...marks.map((mark, position) => {
        const item = document.createElement("li");
        const quote = document.createElement(isWords(mark) ? "q" : "span");
        quote.textContent = wordsOf(mark);
        const button = document.createElement("button");
        button.type = "button";
        button.className = "case-unmark";
        button.textContent = "Remove";
        button.setAttribute("aria-label", `Remove the mark “${wordsOf(mark)}”`);
        button.addEventListener("click", () => {
          change(marks.filter((_, other) => other !== position));
          say("Mark removed.");
          (list.querySelector("button") ?? fieldset.querySelector("[data-mark-selection]")).focus();
        });
        item.append(quote, button);
        return item;
      }),
    );
    paint();
  }

  function change(next) {
    marks = merged(next);
    input.value = marks.length ? JSON.stringify(marks) : "";
    show();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function selectionInCase() {
    const selection = document.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (range && !range.collapsed && shown?.contains(range.commonAncestorContainer)) return range.cloneRange();
    return lastSelection;
  }

  function markSelection() {
    const range = selectionInCase();
    const found = range ? [...texts.values()].filter((element) => range.intersectsNode(element)).map((element) => markIn(element, range)).filter(Boolean) : [];
    if (!found.length) {
      say("Select words in the case first.");
      return;
    }
    lastSelection = null;
    document.getSelection()?.removeAllRanges();
    change([...marks, ...found]);
    say(found.length === 1 ? "Marked." : `Marked in ${found.length} texts.`);
  }

  function markQuotes() {
    const left = [];
    for (const line of quotes.value.split("\n").map((each) => each.trim()).filter(Boolean)) {
      const found = occurrences(texts, line);
      if (found.length === 1) change([...marks, ...found]);
      else left.push(line);
    }
    quotes.value = left.join("\n");
    say(left.length ? `“${left[0]}” does not occur in the case exactly once.` : "Marked.");
  }

  const stretch = medium && stretchMaker(medium, { add: (mark) => change([...marks, mark]), say });

  // One key for both: the end of a stretch that is begun, else the words that are selected.
  const markHere = () => (stretch?.isBegun() && !selectionInCase() ? stretch.end() : markSelection());

  function markTimes() {
    const left = [];
    for (const line of times.value.split("\n").map((each) => each.trim()).filter(Boolean)) {
      const mark = readTimes(line);
      if (mark && medium) change([...marks, mark]);
      else left.push(line);
    }
    times.value = left.join("\n");
    say(left.length ? `“${left[0]}” is no stretch. Write when it begins and ends, like 0:06-0:09.` : "Marked.");
  }

  // Enter in a field takes what is written in it.
  function takeOnEnter(field, take) {
    field.rows = 1;
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (field.value.trim()) take();
    });
  }

  const listening = new AbortController();
  const remember = () => {
    if (!fieldset.isConnected) {
      listening.abort();
      return;
    }
    const selection = document.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (range && !range.collapsed && shown?.contains(range.commonAncestorContainer)) lastSelection = range.cloneRange();
  };
  document.addEventListener("selectionchange", remember, { signal: listening.signal });
  const button = fieldset.querySelector("[data-mark-selection]");
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", markHere);
  takeOnEnter(quotes, markQuotes);
  if (times) takeOnEnter(times, markTimes);
  fieldset.querySelector("[data-mark-begin]")?.addEventListener("click", () => {
    lastSelection = null;
    document.getSelection()?.removeAllRanges();
    stretch.begin();
  });
  fieldset.querySelector("[data-mark-end]")?.addEventListener("click", () => stretch.end());
  fieldset.querySelector("[data-mark-picture]")?.addEventListener("click", () => shown.querySelector(".case-enlarge")?.click());
  shown?.addEventListener("case-mark", ({ detail }) => {
    change([...marks, detail]);
    say(`Marked: ${nameOf(detail)}.`);
  });
  if (fieldset.hasAttribute("data-case-evidence")) shown?.setAttribute("data-takes-marks", "");
  fieldset.querySelector(".case-marking").hidden = false;
  fieldset.querySelector(".case-quoting label").textContent = "Or type the words and press Enter";
  if (times) fieldset.querySelector(".case-timing label").textContent = "Or type a stretch, like 0:06-0:09, and press Enter";

  const fill = (saved) => {
    marks = merged(saved.filter((mark) => !isWords(mark) || texts.has(mark.field)));
    input.value = marks.length ? JSON.stringify(marks) : "";
    show();
  };
  fill(input.value ? JSON.parse(input.value) : []);
  return { read: () => marks.map((mark) => ({ ...mark })), fill, markSelection: markHere };
}
