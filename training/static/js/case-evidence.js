// Marking evidence: select words in the case, or type them, and they are kept as places in the case's texts.
//
// Places are counted in characters (code points), as the server counts them; browsers count UTF-16 units, so each is translated.

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

function merged(marks) {
  const kept = [];
  for (const mark of [...marks].sort((one, other) => one.field.localeCompare(other.field) || one.start - other.start)) {
    const last = kept.at(-1);
    if (last && last.field === mark.field && mark.start <= last.end) last.end = Math.max(last.end, mark.end);
    else kept.push({ ...mark });
  }
  return kept;
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
  const quotes = fieldset.querySelector("textarea");
  const texts = new Map([...(shown?.querySelectorAll("[data-path]") ?? [])].map((element) => [element.dataset.path, element]));
  let marks = [];
  let lastSelection = null;

  const say = (words) => {
    said.textContent = words;
  };

  const quoteOf = (mark) => [...(texts.get(mark.field)?.textContent ?? "")].slice(mark.start, mark.end).join("");

  function paint() {
    if (!("highlights" in CSS)) return;
    const ranges = marks.map((mark) => {
      const element = texts.get(mark.field);
      return element && rangeWithin(element, unitsBefore(element.textContent, mark.start), unitsBefore(element.textContent, mark.end));
    });
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges.filter(Boolean)));
  }

  function show() {
    list.replaceChildren(
      ...marks.map((mark, position) => {
        const item = document.createElement("li");
        const quote = document.createElement("q");
        quote.textContent = quoteOf(mark);
        const button = document.createElement("button");
        button.type = "button";
        button.className = "case-unmark";
        button.textContent = "Remove";
        button.setAttribute("aria-label", `Remove the mark “${quoteOf(mark)}”`);
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
  button.addEventListener("click", markSelection);
  quotes.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (quotes.value.trim()) markQuotes();
  });
  fieldset.querySelector(".case-marking").hidden = false;
  fieldset.querySelector(".case-quoting label").textContent = "Or type the words and press Enter";
  quotes.rows = 1;

  const fill = (saved) => {
    marks = merged(saved.filter((mark) => texts.has(mark.field)));
    input.value = marks.length ? JSON.stringify(marks) : "";
    show();
  };
  fill(input.value ? JSON.parse(input.value) : []);
  return { read: () => marks.map((mark) => ({ ...mark })), fill, markSelection };
}
