// Pictures and recordings put into a draft where one writes: pasted, dropped, or chosen; then asked what they show.

const form = document.querySelector("[data-editor]");
const text = form.querySelector("#text");
const opener = form.querySelector("[data-files]");
const chooser = form.querySelector("[data-file-chooser]");
const dialog = document.querySelector("[data-file-dialog]");
const shows = dialog.querySelector("input");
const told = dialog.querySelector("[data-file-told]");
const picture = dialog.querySelector("[data-file-shown]");
const token = form.querySelector("[name=csrf_token]").value;
const kind = opener.dataset.kind;

// How a document of this kind cites a file: a module as Markdown does, others as YAML does.
function citation(cited, words) {
  if (kind === "module") return `![${words.replace(/[[\]\\]/g, "\\$&")}](${cited})`;
  return `{ file: ${cited}, alt: ${JSON.stringify(words)} }`;
}

function put(words) {
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function tell(words) {
  told.textContent = words;
  told.hidden = !words;
}

async function send(file) {
  const body = new FormData();
  body.append("file", file);
  body.append("csrf_token", token);
  const response = await fetch(opener.dataset.files, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer?.cited) return answer;
  tell(answer?.message ?? "It was not put in: there is no connection. Try again.");
  return null;
}

function show({ address, mime, width, height }) {
  if (!mime.startsWith("image/")) return;
  picture.replaceChildren(Object.assign(new Image(width, height), { src: address, alt: "" }));
}

// One file at a time: the dialog stays until it is said what the file shows, or that it is left out.
async function ask(file) {
  const place = [text.selectionStart, text.selectionEnd];
  tell("");
  picture.replaceChildren();
  shows.value = "";
  dialog.dataset.stage = "sending";
  dialog.returnValue = "";
  dialog.showModal();
  const closed = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  const answer = await send(file);
  dialog.dataset.stage = answer ? "sent" : "refused";
  if (answer && dialog.open) {
    show(answer);
    shows.focus();
  }
  await closed;
  // A dialog that closes gives the focus back, and not the place where one wrote.
  text.focus();
  text.setSelectionRange(...place);
  if (answer && dialog.returnValue === "put") put(citation(answer.cited, shows.value.trim()));
}

async function askAll(files) {
  for (const file of files) await ask(file);
}

function taken(event, transfer) {
  const files = [...(transfer?.files ?? [])];
  if (!files.length || dialog.open) return;
  event.preventDefault();
  askAll(files);
}

opener.hidden = false;
form.querySelector("[data-files-page]").hidden = true;
opener.addEventListener("click", () => chooser.click());
chooser.addEventListener("change", () => {
  const files = [...chooser.files];
  chooser.value = "";
  askAll(files);
});
text.addEventListener("paste", (event) => taken(event, event.clipboardData));
text.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
text.addEventListener("drop", (event) => taken(event, event.dataTransfer));
dialog.querySelector("form").addEventListener("submit", (event) => {
  if (event.submitter?.value !== "put" || shows.value.trim()) return;
  event.preventDefault();
  tell("Say what it shows: who cannot see it reads this instead.");
  shows.focus();
});
