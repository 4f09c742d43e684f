// Items that look like what stands in the form, told while it is being written.

const REST = 900;
const form = document.querySelector("[data-alike]");
const place = document.getElementById("alike");
let timer = null;
let asked = 0;

async function ask() {
  asked += 1;
  const mine = asked;
  const answer = await fetch(form.dataset.alike, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const fresh = new DOMParser().parseFromString((await answer.json()).told, "text/html").body;
  if (fresh.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...fresh.childNodes);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, REST);
});
