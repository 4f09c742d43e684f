// The pictures and the recording of a case: larger, nearer, slower. A page of the desk, of feedback and of an exam alike.

import { addEnlarging } from "./case-pictures.js";
import { enhancePlayer } from "./case-player.js";
import { enhanceReplay } from "./case-replay.js";
import { onEveryPart } from "./page-parts.js";

export function enhanceMedia(root) {
  for (const player of root.querySelectorAll("[data-case] [data-case-player]:not(.has-tools)")) {
    player.classList.add("has-tools");
    enhancePlayer(player);
    enhanceReplay(player.closest("[data-case]"), player.querySelector("video, audio"));
  }
  addEnlarging(root);
}

// A key of the recording's buttons: whether there is one, which then was pressed.
export function pressedMedia(root, key) {
  const button = root.querySelector(`[data-case-player].has-tools [aria-keyshortcuts="${CSS.escape(key.toUpperCase())}"]`);
  button?.click();
  return Boolean(button);
}

onEveryPart(enhanceMedia);
