// A recording of a case: play, steps of a frame, speed, captions, sound and a timeline, each by a button that has a key.

import { captionsOf } from "./case-replay.js";

const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const FRAME_SECONDS = 1 / 25;

const text = (seconds) => `${Math.floor(seconds / 60)}:${((Math.floor(seconds * 100 + 0.001) / 100) % 60).toFixed(2).padStart(5, "0")}`;

export const isVeiled = (shown) => shown.matches(".veils-pictures, .veils-everything") && shown.querySelector(".case-reveal input")?.checked === false;

// How long a frame of this recording lasts, learned while it plays.
function frameLength(medium) {
  let length = FRAME_SECONDS;
  let last = null;
  const look = (_now, { mediaTime }) => {
    const passed = last === null ? 0 : mediaTime - last;
    if (passed > 0.005 && passed < 0.5) length = passed;
    last = mediaTime;
    medium.requestVideoFrameCallback(look);
  };
  medium.requestVideoFrameCallback?.(look);
  return () => length;
}

function step(medium, by) {
  medium.pause();
  medium.currentTime = Math.min(Math.max(medium.currentTime + by, 0), medium.duration || 0);
}

function changeSpeed(medium, by) {
  const place = SPEEDS.indexOf(medium.playbackRate) + by;
  medium.playbackRate = SPEEDS[Math.min(Math.max(place, 0), SPEEDS.length - 1)];
}

function toggle(track) {
  if (track) track.mode = track.mode === "showing" ? "hidden" : "showing";
}

export function enhancePlayer(player) {
  const shown = player.closest("[data-case]");
  const medium = player.querySelector("video, audio");
  const slider = player.querySelector("input[type=range]");
  const button = (name) => player.querySelector(`[data-player="${name}"]`);
  const track = captionsOf(shown, medium);
  const lengthOfFrame = frameLength(medium);

  const deeds = {
    play: () => (medium.paused ? medium.play() : medium.pause()),
    back: () => step(medium, -lengthOfFrame()),
    forward: () => step(medium, lengthOfFrame()),
    slower: () => changeSpeed(medium, -1),
    faster: () => changeSpeed(medium, 1),
    captions: () => toggle(track),
    mute: () => (medium.muted = !medium.muted),
    full: () => medium.requestFullscreen?.(),
  };

  function show() {
    slider.value = String(medium.currentTime);
    slider.setAttribute("aria-valuetext", `${medium.currentTime.toFixed(1)} seconds`);
    player.querySelector("[data-player-time]").textContent = text(medium.currentTime);
    player.querySelector("[data-player-speed]").textContent = `speed ${medium.playbackRate}×`;
    button("play").querySelector("span").textContent = medium.paused ? "Play" : "Pause";
    button("mute").setAttribute("aria-pressed", String(medium.muted));
    button("captions").setAttribute("aria-pressed", String(track?.mode === "showing"));
  }

  for (const [name, deed] of Object.entries(deeds)) {
    button(name)?.addEventListener("click", () => {
      if (isVeiled(shown)) return;
      deed();
      show();
    });
  }
  button("captions").hidden = !track;
  slider.addEventListener("input", () => {
    medium.currentTime = Number(slider.value);
  });
  slider.addEventListener("change", (event) => event.stopPropagation());
  for (const name of ["play", "pause", "timeupdate", "seeked", "ratechange", "volumechange"]) medium.addEventListener(name, show);
  medium.muted = player.closest("[data-muted]")?.dataset.muted === "true";
  medium.controls = false;
  player.querySelector(".case-player-tools").hidden = false;
  show();
  if (player.closest("[data-autoplay]")?.dataset.autoplay === "true" && !isVeiled(shown)) medium.play().catch(show);
}
