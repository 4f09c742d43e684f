// Pictures of a case, larger: each gets a button that opens it in a viewer, without leaving the page.

import { openViewer } from "./case-viewer.js";

export function addEnlarging(root) {
  for (const holder of root.querySelectorAll("[data-case] .case-picture:not(:has(.case-enlarge))")) {
    const picture = holder.querySelector("img");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "case-enlarge";
    button.textContent = "Enlarge";
    button.setAttribute("aria-label", `Enlarge: ${picture.alt}`);
    button.addEventListener("click", () => openViewer(holder));
    holder.append(button);
  }
}
