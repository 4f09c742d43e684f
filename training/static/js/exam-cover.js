// Covers the questions while the exam is paused or a break is taken. The page waits behind the cover, out of the document, as it was left.

const WORDS = {
  pause: ["The exam is paused", "A trainer has paused your exam. Its time stands still, and your answers are kept. Keep this page open; the questions come back by themselves."],
  break: ["You are on a break", "The questions are covered. The break ends by itself when your breaks are used up; the end of the exam stays where it is, for your breaks were counted in from the start."],
};

const byId = (id) => document.getElementById(id);
let behind = null;

export const coverNow = () => byId("exam-room").dataset.cover ?? null;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function breakForm() {
  const form = element("form", "", { method: "post", "data-exam-break": "" });
  form.append(element("button", "End the break", { class: "button button-primary", type: "submit", name: "go", value: "end" }));
  return form;
}

function coverOf(kind, room) {
  const cover = element("div", "", { class: "exam-room exam-cover", id: "exam-room" });
  Object.assign(cover.dataset, room.dataset, { cover: kind });
  const [title, text] = WORDS[kind];
  cover.append(element("h1", title, { class: "exam-place", id: "exam-place", tabindex: "-1" }), element("div", "", { class: "exam-notices", id: "exam-notices" }), element("p", text));
  cover.append(element("p", "", { id: "exam-cover-left" }));
  if (kind === "break") cover.append(breakForm());
  return cover;
}

// Says whether the cover is new.
export function coverWith(kind) {
  if (coverNow() === kind) return false;
  const main = byId("main");
  const room = byId("exam-room");
  if (coverNow() === null) {
    for (const media of main.querySelectorAll("audio, video")) media.pause();
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    behind = { nodes: [...main.childNodes], focus: document.activeElement, path: location.pathname };
  }
  main.replaceChildren(coverOf(kind, room));
  byId("exam-place").focus();
  return true;
}

// Puts back the page that waits behind the cover. Says whether there was one; otherwise it has to be fetched.
export function uncover() {
  const waiting = behind?.path === location.pathname ? behind : null;
  behind = null;
  if (!waiting) return false;
  byId("main").replaceChildren(...waiting.nodes);
  (waiting.focus?.isConnected ? waiting.focus : byId("exam-place")).focus();
  return true;
}
