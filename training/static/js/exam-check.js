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

const reaches = async () => (await fetch(place.dataset.address, { method: "HEAD" })).ok;

async function check() {
  place.textContent = "Checking whether this browser can save …";
  const [canKeep, canReach] = await Promise.all([keeps(), reaches()].map((test) => test.catch(() => false)));
  place.classList.toggle("is-unsure", !canKeep || !canReach);
  if (canKeep && canReach) place.textContent = "Checked: this browser can save your answers, and keeps them if the connection breaks.";
  else if (!canReach) place.textContent = "The server cannot be reached at the moment. Check the connection before you start.";
  else place.textContent = "This browser keeps nothing when the connection breaks (a private window?). Answers are saved as long as you are connected; use an ordinary window to be safe.";
}

if (place) check();
