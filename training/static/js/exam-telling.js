// What the exam tells: notices above the question, and words for those who hear the page.

const byId = (id) => document.getElementById(id);

export const PROBLEMS = {
  offline: "No connection. Go on: your answers are kept in this browser.",
  "signed-out": "You are signed out. Sign in again in another tab; your answers are kept in this browser.",
  unopened: "No connection, so this page cannot be opened now. What you answered is kept in this browser.",
  reload: "This page is too old to save. Reload it; your answers are kept in this browser.",
};

export function notify(tone, text, button = null) {
  const notices = byId("exam-notices");
  if (notices.querySelector(".notice")?.textContent === text) return;
  const notice = document.createElement("div");
  notice.className = `notice notice-${tone}`;
  notice.setAttribute("role", tone === "bad" ? "alert" : "status");
  notice.append(text);
  if (button) notice.append(button);
  notices.replaceChildren(notice);
}

export function clearNotice(tone) {
  byId("exam-notices")?.querySelector(`.notice-${tone}`)?.remove();
}

export function say(text) {
  byId("exam-said").textContent = text;
}
