// Type-ahead over the labels: a combobox in front of the plain select, which keeps the value and is what is sent.

let count = 0;

const words = (text) => text.toLowerCase().split(/\s+/u).filter(Boolean);

function choicesOf(select) {
  return [...select.options]
    .filter((option) => option.value)
    .map((option) => ({
      option,
      text: option.textContent.trim(),
      group: option.parentElement.label ?? "",
      name: option.textContent.trim().toLowerCase(),
      synonyms: (option.dataset.synonyms ?? "").toLowerCase(),
    }));
}

const sought = ({ name, synonyms, group }) => `${name} ${synonyms} ${group.toLowerCase()}`;

// How far down a label stands: what begins with the words, as code or name, before what has them in its name, a synonym, or its area.
function rankOf(choice, query) {
  const places = [choice.name.startsWith(query), choice.name.includes(` ${query}`), choice.name.includes(query), choice.synonyms.includes(query)];
  return places.includes(true) ? places.indexOf(true) : places.length;
}

function matching(choices, query) {
  const parts = words(query);
  const whole = parts.join(" ");
  const found = choices.filter((choice) => parts.every((part) => sought(choice).includes(part)));
  return found.sort((one, other) => rankOf(one, whole) - rankOf(other, whole));
}

// The synonym by which a label was found, where its name does not say why.
function foundBy({ name, synonyms }, query) {
  const parts = words(query);
  if (parts.every((part) => name.includes(part))) return null;
  return synonyms.split(", ").find((synonym) => synonym && parts.every((part) => synonym.includes(part))) ?? null;
}

function makeBox(select) {
  count += 1;
  const input = document.createElement("input");
  const list = document.createElement("ul");
  list.id = `case-options-${count}`;
  list.className = "case-options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Labels");
  if (select.multiple) list.setAttribute("aria-multiselectable", "true");
  input.type = "text";
  input.id = select.id;
  input.autocomplete = "off";
  input.spellcheck = false;
  input.placeholder = "Type a code or a word";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  for (const name of ["aria-describedby", "aria-invalid", "data-key", "data-key-name"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  return { input, list };
}

export function enhanceLabels(holder) {
  const select = holder.querySelector("select");
  const isMany = select.multiple;
  const choices = choicesOf(select);
  const { input, list } = makeBox(select);
  const chips = document.createElement("ul");
  chips.className = "case-chips";
  select.removeAttribute("id");
  select.removeAttribute("data-key");
  select.hidden = true;
  const box = document.createElement("div");
  box.className = "case-combobox";
  box.append(input, list);
  select.after(box, chips);
  let shown = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(to) {
    active = shown.length ? (to + shown.length) % shown.length : -1;
    [...list.querySelectorAll("[role=option]")].forEach((item, position) => item.classList.toggle("is-active", position === active));
    const item = list.querySelector(".is-active");
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function itemOf(choice, position, query) {
    const item = document.createElement("li");
    item.id = `${list.id}-${position}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(choice.option.selected));
    const group = document.createElement("span");
    group.className = "case-option-group";
    group.textContent = [choice.group, foundBy(choice, query)].filter(Boolean).join(" · ");
    item.append(choice.text, group);
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(choice));
    return item;
  }

  function open(query) {
    shown = matching(choices, query);
    list.replaceChildren(...shown.map((choice, position) => itemOf(choice, position, query)));
    if (!shown.length) {
      const none = document.createElement("li");
      none.className = "case-no-option";
      none.textContent = "No label has these words.";
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
    if (query) point(0);
  }

  function changed() {
    show();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function choose(choice) {
    choice.option.selected = isMany ? !choice.option.selected : true;
    close();
    changed();
  }

  // Where one label is wanted, it is there now: whoever listens leads on, so that letters are keys again.
  function chooseAndGoOn(choice) {
    choose(choice);
    if (!isMany) holder.dispatchEvent(new Event("case-label-chosen", { bubbles: true }));
  }

  function chipOf(option) {
    const chip = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "case-unmark";
    button.textContent = "Remove";
    button.setAttribute("aria-label", `Remove ${option.textContent.trim()}`);
    button.addEventListener("click", () => {
      option.selected = false;
      changed();
      input.focus();
    });
    chip.append(option.textContent.trim(), button);
    return chip;
  }

  function show() {
    if (isMany) {
      input.value = "";
      chips.replaceChildren(...[...select.selectedOptions].map(chipOf));
    } else {
      input.value = select.value ? select.selectedOptions[0].textContent.trim() : "";
    }
  }

  const keys = {
    ArrowDown: () => (list.hidden ? open("") : point(active + 1)),
    ArrowUp: () => (list.hidden ? open("") : point(active - 1)),
    Escape: () => (close(), show()),
    Enter: () => shown[active] && chooseAndGoOn(shown[active]),
  };
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    if (event.key === "Enter" && list.hidden) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && list.hidden) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    open(input.value);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => list.hidden && open(""));
  input.addEventListener("blur", () => {
    close();
    if (!isMany && !input.value.trim() && select.value) {
      select.value = "";
      changed();
    } else {
      show();
    }
  });
  show();
  return { show };
}
