// A slider over the coming days beside a field for day and time: what it shows is fetched anew whenever it comes to rest. Without script the field and its button do the same.

const DAY = 24 * 60 * 60_000;
const REST = 250;

// Days and times are those of the reader's own clock, as the page says it, which need not be the browser's; so they are counted as if it were everywhere the same.
const instantOf = (text) => Date.parse(`${text}Z`);

for (const form of document.querySelectorAll("form[data-date-slider]")) {
  const field = form.querySelector("input[type=datetime-local]");
  const beside = document.createElement("div");
  beside.className = "field date-slider";
  const label = document.createElement("label");
  const range = document.createElement("input");
  label.htmlFor = range.id = `${field.id}-slider`;
  label.textContent = "Days from now";
  Object.assign(range, { type: "range", min: 0, max: form.dataset.dateSlider, step: 1 });
  const now = instantOf(form.dataset.now);
  const daysFromNow = () => (field.value ? Math.round((instantOf(field.value) - now) / DAY) : 0);
  range.value = daysFromNow();
  const told = document.createElement("output");
  told.htmlFor = range.id;
  beside.append(label, range, told);
  form.append(beside);

  const tell = () => {
    const day = new Date(now + range.valueAsNumber * DAY);
    const inWords = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    const words = range.valueAsNumber ? day.toLocaleDateString("en-GB", inWords) : "Now";
    told.textContent = words;
    range.setAttribute("aria-valuetext", words);
    return day;
  };

  let latest = 0;
  let timer = null;
  const show = async () => {
    const asked = (latest += 1);
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    const part = document.getElementById(form.dataset.shows);
    part.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.shows);
      if (asked !== latest) return;
      if (!answer.ok || !fresh) throw new Error("no such part");
      part.replaceWith(fresh);
      history.replaceState(null, "", address);
    } catch {
      if (asked === latest) form.requestSubmit();
    }
  };

  range.addEventListener("input", () => {
    const day = tell();
    field.value = range.valueAsNumber ? day.toISOString().slice(0, 16) : "";
  });
  // Every press of a key is a change of its own.
  range.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(show, REST);
  });
  field.addEventListener("input", () => {
    range.value = daysFromNow();
    tell();
  });
  tell();
}
