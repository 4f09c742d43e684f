// One page of practising in another's place: its words, its name, its address in the history, and where reading goes on.

import { enhancePart } from "./page-parts.js";
import { say } from "./practice-telling.js";

const main = () => document.getElementById("main");
const named = (page, name) => page.querySelector(`meta[name=${name}]`)?.content;
const pathOf = (url) => new URL(url, location.href).pathname + new URL(url, location.href).search;
let shown = pathOf(location.href);

// Where practising lives, and who practises; nothing on a page that is no part of it.
export const place = () => named(document, "practice-place");
export const person = () => named(document, "practice-person");

async function runScriptsOf(page) {
  const known = new Set([...document.scripts].map((script) => script.src));
  const fresh = [...page.querySelectorAll("script[type=module][src]")].map((script) => new URL(script.getAttribute("src"), location.href).href);
  await Promise.all(fresh.filter((src) => !known.has(src)).map((src) => import(src)));
}

// What went wrong first, else the heading: moving there says it to whoever hears the page. What else is news is said after it.
function goToBeginning() {
  const heading = main().querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  (main().querySelector("[data-focus]") ?? heading ?? main()).focus({ preventScroll: true });
  say([...main().querySelectorAll("[data-practice-said]")].map((part) => part.textContent.replace(/\s+/gu, " ").trim()).join(". "));
}

// The address is a page's own only where it can be asked for again: not that of a form that was refused.
function rememberAddress({ url, isRedirected, status }) {
  if (!isRedirected && status !== 200) return;
  const isSame = pathOf(url) === shown;
  shown = pathOf(url);
  if (isSame) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
}

export async function putInPlace(answer, { isBack }) {
  const { page, url, isRedirected } = answer;
  if (isRedirected && !named(page, "practice-place")) {
    location.assign(url);
    return;
  }
  await runScriptsOf(page);
  if (isBack) shown = pathOf(location.href);
  else rememberAddress(answer);
  document.title = page.title;
  document.body.className = page.body.className;
  main().replaceChildren(...page.getElementById("main").childNodes);
  enhancePart(main());
  if (!isBack) scrollTo(0, 0);
  goToBeginning();
}

// Back and forward, also from pages that were loaded anew in between.
export function beginHistory(goTo) {
  addEventListener("popstate", () => pathOf(location.href) !== shown && goTo(location.href));
}
