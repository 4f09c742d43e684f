// Before an exam: can this browser keep answers and reach the server?

import { openJournal } from "./exam-journal.js";

const place = document.getElementById("exam-check");

async function keeps() {
  const journal = await openJournal();
  const probe = { attempt: "check", client_id: "check", sequence: Date.now(), position: 0, at: Date.now() };
  await journal.add(probe);
  const found = (await journal.all("check")).some((entry) => entry.sequence === probe.sequence);
  await journal.remove(probe);
  return journal.isLasting && found;
}

// Asks as the exam will save: by the same method, with the same token.
async function reaches() {
  const { address, token } = place.dataset;
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  return (await fetch(address, { method: "PUT", headers, body: "{}", redirect: "manual" })).status === 204;
}

function remembers() {
  localStorage.setItem("touchstone.exam.check", "1");
  localStorage.removeItem("touchstone.exam.check");
  return true;
}

async function check() {
  place.textContent = "Checking whether this browser can save …";
  const asks = [keeps, reaches, async () => remembers()].map(async (test) => test());
  const [canKeep, canReach, canRemember] = await Promise.all(asks.map((answer) => answer.catch(() => false)));
  place.classList.toggle("is-unsure", !canKeep || !canReach || !canRemember);
  if (!canReach) place.textContent = "A trial save did not reach the server. Check the connection, or reload this page, before you start.";
  else if (!canRemember) place.textContent = "This browser lets no page store anything, so the exam cannot save from it by script. Allow storage for this site, or use an ordinary window.";
  else if (!canKeep) place.textContent = "This browser keeps nothing when the connection breaks (a private window?). Answers are saved as long as you are connected; use an ordinary window to be safe.";
  else place.textContent = "Checked: this browser can save your answers, and keeps them if the connection breaks.";
}

if (place) check();
