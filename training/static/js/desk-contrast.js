// Ids of cases that could be the near-miss, offered while one is typed.

const REST = 300;
const field = document.getElementById("contrast");
const offered = document.getElementById("contrast-offered");
let timer = null;
let asked = 0;

async function offer() {
  asked += 1;
  const mine = asked;
  const address = `${offered.dataset.candidates}?${new URLSearchParams({ q: field.value })}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  offered.replaceChildren(...(await answer.json()).map(({ id, said }) => new Option(said, id)));
}

if (field && offered) {
  field.setAttribute("list", offered.id);
  field.autocomplete = "off";
  field.addEventListener("focus", offer, { once: true });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, REST);
  });
}
