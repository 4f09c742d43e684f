// What is said and written in a recording, line by line: captions over the picture, the line of the moment, and going to a line's moment.

const LONGEST_CAPTION_SECONDS = 6;

const secondOf = (line) => Number(line.dataset.at);

// The transcript as a text track; nothing where nothing is said.
export function captionsOf(shown, medium) {
  const lines = [...shown.querySelectorAll("[data-case-captions] [data-at]")];
  if (!lines.length) return null;
  const track = medium.addTextTrack("captions", "What is said", lines[0].querySelector("[lang]").lang);
  lines.forEach((line, index) => {
    const start = secondOf(line);
    const next = lines[index + 1] ? secondOf(lines[index + 1]) : Infinity;
    const end = next > start ? Math.min(next, start + LONGEST_CAPTION_SECONDS) : start + LONGEST_CAPTION_SECONDS;
    track.addCue(new VTTCue(start, end, line.querySelector(".case-words").textContent.replace(/\s+/gu, " ").trim()));
  });
  track.mode = "showing";
  return track;
}

function makeButton(line, go) {
  const at = line.querySelector(".case-at");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "case-go-to";
  button.title = "Go to this moment";
  at.replaceWith(button);
  button.append(at);
  line.addEventListener("click", () => document.getSelection().isCollapsed && go());
}

// Keep the line of the moment in sight within its own list, without moving the page.
function follow(list, line) {
  const over = line.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
  const under = line.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (over > 0) list.scrollTop += over;
  if (under < 0) list.scrollTop += under;
}

export function enhanceReplay(shown, medium) {
  const lists = [...shown.querySelectorAll(".case-lines:has([data-at])")];
  for (const line of shown.querySelectorAll(".case-lines [data-at]")) {
    makeButton(line, () => {
      medium.currentTime = secondOf(line);
    });
  }
  const show = () => {
    for (const list of lists) {
      const lines = [...list.querySelectorAll("[data-at]")];
      const current = lines.findLast((line) => secondOf(line) <= medium.currentTime);
      const before = list.querySelector("[aria-current]");
      if (current === before) continue;
      before?.removeAttribute("aria-current");
      current?.setAttribute("aria-current", "true");
      if (current && !medium.paused) follow(list, current);
    }
  };
  for (const name of ["timeupdate", "seeked"]) medium.addEventListener(name, show);
  show();
}
