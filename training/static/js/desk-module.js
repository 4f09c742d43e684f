// What the editor of a module has beyond the text: a toolbar with its keys, new clauses by the next free code, and the preview beside.

const form = document.querySelector("[data-editor]");
const text = form.querySelector("#text");
const tools = form.querySelector("[data-tools]");
const pane = document.querySelector("[data-preview-pane]");
const opener = form.querySelector("[data-preview]");
const token = form.querySelector("[name=csrf_token]").value;

// Typed in, so that the browser's own undo takes it back.
function put(from, to, words) {
  text.focus();
  text.setSelectionRange(from, to);
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(sign) {
  const { selectionStart: from, selectionEnd: to } = text;
  const chosen = text.value.slice(from, to);
  put(from, to, `${sign}${chosen}${sign}`);
  text.setSelectionRange(from + sign.length, from + sign.length + chosen.length);
}

function prefix(sign) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const end = text.selectionEnd;
  const lines = text.value.slice(start, end).split("\n");
  const isMarked = lines.every((line) => line.startsWith(sign));
  put(start, end, lines.map((line) => (isMarked ? line.slice(sign.length) : sign + line)).join("\n"));
}

function link() {
  const { selectionStart: from, selectionEnd: to } = text;
  const chosen = text.value.slice(from, to) || "words";
  put(from, to, `[${chosen}](clause:)`);
  const at = from + chosen.length + 10;
  text.setSelectionRange(at, at);
}

async function newClause() {
  const body = new URLSearchParams({ label: form.querySelector("#clause-label").value, text: text.value, csrf_token: token });
  const answer = await fetch(tools.dataset.tools, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { block } = await answer.json();
  const end = text.value.indexOf("\n", text.selectionEnd);
  const at = end < 0 ? text.value.length : end;
  const before = text.value.slice(0, at);
  put(at, at, `${before.endsWith("\n") || !before ? "\n" : "\n\n"}${block.trimEnd()}`);
  text.setSelectionRange(at, text.selectionEnd);
}

async function showPreview() {
  if (pane.hidden) return;
  const answer = await fetch(opener.dataset.preview, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
  if (fresh) pane.replaceChildren(fresh);
}

function togglePreview() {
  pane.hidden = !pane.hidden;
  pane.parentElement.classList.toggle("has-preview", !pane.hidden);
  opener.setAttribute("aria-expanded", String(!pane.hidden));
  showPreview();
}

const deeds = [
  ["[data-wrap]", (button) => wrap(button.dataset.wrap)],
  ["[data-prefix]", (button) => prefix(button.dataset.prefix)],
  ["[data-link]", link],
  ["[data-clause]", newClause],
];
tools.hidden = false;
for (const [which, deed] of deeds) for (const button of tools.querySelectorAll(which)) button.addEventListener("click", () => deed(button));

opener.hidden = false;
form.querySelector("[data-preview-page]").hidden = true;
opener.addEventListener("click", togglePreview);
document.addEventListener("desk-saved", showPreview);

const nameOf = ({ ctrlKey, metaKey, altKey, code }) => `${ctrlKey || metaKey ? "Control+" : ""}${altKey ? "Alt+" : ""}${code.replace(/^(Key|Digit)/, "")}`;
form.addEventListener("keydown", (event) => {
  if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  const control = [...form.querySelectorAll("[aria-keyshortcuts]")].find((one) => one.getAttribute("aria-keyshortcuts") === nameOf(event));
  if (!control || control.type === "submit") return;
  event.preventDefault();
  control.click();
});
