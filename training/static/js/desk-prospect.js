// What an exam would be as it is entered: asked of the server whenever the fields come to rest. Without script, saving shows the same.

const REST = 500;
const form = document.querySelector("form[data-prospect]");
const panel = document.getElementById("prospect");
let timer = null;
let asking = null;

function show({ prospect, supplies }) {
  const isOpen = panel.querySelector("[data-prospect-more]")?.open ?? false;
  panel.replaceChildren(...new DOMParser().parseFromString(prospect, "text/html").body.childNodes);
  const more = panel.querySelector("[data-prospect-more]");
  if (more) more.open = isOpen;
  for (const place of form.querySelectorAll("[data-supply]")) {
    const fresh = supplies[place.id.match(/\d+$/)[0]] ?? "";
    place.replaceChildren(...new DOMParser().parseFromString(fresh, "text/html").body.childNodes);
  }
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.prospect, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: asking.signal });
    if (answer.ok) show(await answer.json());
    panel.removeAttribute("aria-busy");
  } catch (error) {
    // Asked anew, or the network is away: the next change asks again, and saving tells as well.
    if (error.name !== "AbortError") panel.removeAttribute("aria-busy");
  }
}

function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(ask, REST);
}

form.addEventListener("input", askSoon);
form.addEventListener("click", (event) => event.target.closest("[data-row-remove]") && askSoon());
