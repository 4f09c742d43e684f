// The contents list shows where on the page the reader is, and starts folded where it would stand in the way.

const links = new Map([...document.querySelectorAll("[data-contents] a[href^='#']")].map((link) => [link.hash.slice(1), link]));
const places = [...links.keys()].map((anchor) => document.getElementById(anchor)).filter(Boolean);
const fold = document.querySelector(".contents-fold");

if (fold && !matchMedia("(min-width: 60rem)").matches) fold.open = false;

function showPlace() {
  const passed = places.filter((place) => place.getBoundingClientRect().top < innerHeight / 3);
  const here = passed.at(-1);
  for (const link of links.values()) link.removeAttribute("aria-current");
  if (here) links.get(here.id).setAttribute("aria-current", "location");
}

let isQueued = false;
addEventListener("scroll", () => {
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(() => {
    isQueued = false;
    showPlace();
  });
}, { passive: true });
showPlace();
