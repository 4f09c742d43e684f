// What happens to what was sent: words for whoever hears the page, and a notice at its top where they must stay.

const NOTHING_HAPPENED = {
  offline: "No connection, so nothing happened. Try again in a moment.",
  "signed-out": "You are signed out, so nothing happened. Sign in again in another tab, then try again here.",
  away: "Touchstone does not answer just now, so nothing happened. Try again in a moment.",
};

const NOT_SENT = {
  offline: "there is no connection. It goes by itself once there is one.",
  "signed-out": "you are signed out. Sign in again in another tab; then it goes by itself.",
  away: "Touchstone does not answer just now. It goes by itself once it does.",
  "too-old": "this page is too old. Load it again; then it goes by itself.",
};

function heard() {
  let line = document.getElementById("practice-heard");
  if (!line) {
    line = document.createElement("p");
    line.id = "practice-heard";
    line.className = "visually-hidden";
    line.setAttribute("role", "status");
    document.body.append(line);
  }
  return line;
}

export function say(text) {
  heard().textContent = text;
}

// With an address, a link leads there.
export function tell(tone, text, href = null) {
  const before = document.getElementById("practice-told");
  if (before?.dataset.text === text) return;
  const notice = document.createElement("div");
  notice.id = "practice-told";
  notice.className = `notice notice-${tone} practice-told`;
  notice.dataset.text = text;
  notice.setAttribute("role", "status");
  notice.append(text);
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = "Look at it";
    notice.append(" ", link);
  }
  before?.remove();
  document.getElementById("main").prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export const tellNothingHappened = (why) => tell("warn", NOTHING_HAPPENED[why] ?? NOTHING_HAPPENED.away);

export const tellNotSent = (why) => tell("warn", `Your answer is kept here, not yet sent: ${NOT_SENT[why]}`);

export const tellTaken = (href = null) => tell("good", "Taken: the answer that was kept here has arrived.", href);

export const tellNotTaken = (page, href) => tell("warn", `An answer that was kept here was not taken: ${page.querySelector("#main h1").textContent.trim()}.`, href);
