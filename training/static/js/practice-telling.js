// What happens to what was sent: words for whoever hears the page, and a notice at its top where they must stay.

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

export function tell(tone, text) {
  const notice = document.createElement("div");
  notice.id = "practice-told";
  notice.className = `notice notice-${tone}`;
  notice.setAttribute("role", "status");
  notice.textContent = text;
  const before = document.getElementById("practice-told");
  if (before) before.replaceWith(notice);
  else document.getElementById("main").prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}
