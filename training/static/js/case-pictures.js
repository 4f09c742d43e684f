// Pictures of a case, larger: each gets a button that shows it in a dialog, without leaving the page.

function enlarge(picture) {
  const dialog = document.createElement("dialog");
  dialog.className = "case-large";
  dialog.setAttribute("aria-label", picture.alt);
  const large = document.createElement("img");
  large.src = picture.currentSrc || picture.src;
  large.alt = picture.alt;
  large.lang = picture.lang;
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.className = "button button-secondary";
  close.textContent = "Close";
  form.append(close);
  dialog.append(large, form);
  dialog.classList.toggle("is-greyscale", picture.closest(".is-greyscale") !== null);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

export function addEnlarging(root) {
  for (const picture of root.querySelectorAll("[data-case] img")) {
    if (picture.closest(".case-picture")) continue;
    const holder = document.createElement("span");
    holder.className = "case-picture";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "case-enlarge";
    button.textContent = "Enlarge";
    button.setAttribute("aria-label", `Enlarge: ${picture.alt}`);
    button.addEventListener("click", () => enlarge(picture));
    picture.replaceWith(holder);
    holder.append(picture, button);
  }
}
