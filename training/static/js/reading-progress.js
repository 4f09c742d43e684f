// A section counts as read when its end has been on the screen for a moment. What is read is told to the server as it happens.

const form = document.querySelector("form[data-reading]");
const sections = document.querySelectorAll(".module-section[aria-labelledby]");
const contents = document.querySelector("[data-contents]");
const meter = document.querySelector("[data-reading-progress]");
const DWELL = 1500;

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
  if (anchors.length >= bar.max) form.hidden = true;
}

async function tell(anchor) {
  const body = new FormData(form);
  body.delete("sections");
  body.append("sections", anchor);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
    if (response.ok) showRead((await response.json()).read);
  } catch {
    waiting.delete(anchor);
  }
}

const waiting = new Map();

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const anchor = target.closest(".module-section").getAttribute("aria-labelledby");
    if (!isIntersecting) {
      clearTimeout(waiting.get(anchor));
      waiting.delete(anchor);
    } else if (!waiting.has(anchor)) {
      waiting.set(anchor, setTimeout(() => { observer.unobserve(target); tell(anchor); }, DWELL));
    }
  }
});

if (form) for (const section of sections) observer.observe(section.lastElementChild);
