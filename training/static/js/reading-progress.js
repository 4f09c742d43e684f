// A section counts as read when its end has been on the screen for a moment. What is read is told to the server as it happens.

const form = document.querySelector("form[data-reading]");
const contents = document.querySelector("[data-contents]");
const meter = document.querySelector("[data-reading-progress]");
const DWELL = 1500;
const waiting = new Map();

function showRead(anchors) {
  for (const anchor of anchors) {
    contents?.querySelector(`[data-section="${CSS.escape(anchor)}"] .read-mark`)?.removeAttribute("hidden");
  }
  const bar = meter?.querySelector("progress");
  if (!bar) return;
  const label = `${anchors.length} of ${bar.max} sections read`;
  bar.value = anchors.length;
  bar.setAttribute("aria-label", label);
  meter.querySelector("span").textContent = label;
  form.hidden = anchors.length >= bar.max;
}

async function tell(anchor) {
  const body = new FormData(form);
  body.delete("sections");
  body.append("sections", anchor);
  const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  showRead((await response.json()).read);
}

function note(end, anchor) {
  waiting.delete(anchor);
  observer.unobserve(end);
  tell(anchor).catch(() => observer.observe(end));
}

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const anchor = target.closest(".module-section").getAttribute("aria-labelledby");
    clearTimeout(waiting.get(anchor));
    if (isIntersecting) waiting.set(anchor, setTimeout(note, DWELL, target, anchor));
  }
});

if (form) for (const section of document.querySelectorAll(".module-section[aria-labelledby]")) observer.observe(section.lastElementChild);
