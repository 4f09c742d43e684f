// Pictures and recordings put into the form of a case: dropped anywhere on the page, pasted, or chosen. Without a script they are put in on the page of files.

const address = document.querySelector("[data-form-files]").dataset.formFiles;
const token = document.querySelector("#document-form [name=csrf_token]").value;
const pictures = document.getElementById("content-images");
const recording = document.getElementById("content-recording-file");

async function send(file) {
  const body = new FormData();
  body.append("file", file);
  body.append("csrf_token", token);
  const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  return answer?.cited ? answer : { message: answer?.message ?? "It was not put in: there is no connection. Try again." };
}

const fileOf = (row) => row.querySelector("input");

// The first row that names no file yet, or one more; nothing where there can be no more.
function freeRow() {
  const blank = () => [...pictures.querySelectorAll("[data-row]")].find((row) => !fileOf(row).value.trim());
  if (!blank()) pictures.querySelector("[data-row-add]:not([hidden])")?.click();
  return blank();
}

// The caret stands where one says what the file shows.
function put(field, words, { cited, address: source }) {
  field.value = cited;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (field !== recording) {
    field.parentElement.querySelector(".entry-thumb")?.remove();
    field.after(Object.assign(document.createElement("img"), { className: "entry-thumb", src: source, alt: "" }));
  }
  words.focus();
}

const isSound = (file) => !file.type.startsWith("image/");

function enhance(before, { accept, name, hint }) {
  const [button, chooser, told] = [document.createElement("button"), document.createElement("input"), document.createElement("span")];
  Object.assign(button, { type: "button", className: "button button-secondary", textContent: name });
  Object.assign(chooser, { type: "file", accept, hidden: true, tabIndex: -1 });
  Object.assign(told, { className: "small", textContent: hint });
  told.setAttribute("role", "status");
  const row = Object.assign(document.createElement("div"), { className: "cluster" });
  row.append(button, told, chooser);
  before(row);
  button.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    take([...chooser.files]);
    chooser.value = "";
  });
  return told;
}

const toldOfPictures = enhance((row) => pictures.querySelector("[data-row]").before(row), {
  accept: "image/png,image/jpeg,image/webp",
  name: "Put a picture in",
  hint: "Or drop one anywhere on this page, or paste it.",
});
const toldOfRecordings = recording
  ? enhance((row) => recording.before(row), { accept: "video/webm,audio/wav", name: "Put a recording in", hint: "Or drop one anywhere on this page." })
  : null;

async function takeOne(file) {
  const told = isSound(file) ? toldOfRecordings : toldOfPictures;
  if (!told) return toldOfPictures.replaceChildren(`${file.name} is no picture, and a case of this kind shows no recording.`);
  told.textContent = `${file.name} is being put in.`;
  const answer = await send(file);
  if (!answer.cited) return told.replaceChildren(answer.message);
  const row = isSound(file) ? null : freeRow();
  if (row === undefined) return told.replaceChildren("It was put in, but the case shows as many pictures as it can.");
  told.textContent = "Put in. Say what it shows.";
  return row ? put(fileOf(row), row.querySelector("textarea"), answer) : put(recording, document.getElementById("content-recording-alt"), answer);
}

async function take(files) {
  for (const file of files) await takeOne(file);
}

const holdsFiles = (transfer) => Boolean(transfer?.types.includes("Files"));
document.addEventListener("dragover", (event) => holdsFiles(event.dataTransfer) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event.dataTransfer)) return;
  event.preventDefault();
  take([...event.dataTransfer.files]);
});
// What is pasted with words beside it, as from a table, is words.
document.addEventListener("paste", (event) => {
  if (!event.clipboardData?.files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  take([...event.clipboardData.files]);
});
