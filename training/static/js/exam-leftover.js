// Answers that this browser still keeps when the exam is over: they are sent as evidence, in their order, and the page says so.

import { openJournal } from "./exam-journal.js";
import { Saver } from "./exam-saving.js";
import { chooseWindow } from "./exam-window.js";

const place = document.getElementById("exam-leftover");

async function send() {
  const { attempt, address } = place.dataset;
  const token = () => document.querySelector("input[name=csrf_token]").value;
  const journal = await openJournal();
  const count = (await journal.all(attempt)).length;
  if (!count) return;
  const words = count === 1 ? "1 answer that this browser still kept" : `${count} answers that this browser still kept`;
  const state = ({ unsaved, problem }) => {
    place.hidden = false;
    if (!unsaved) location.reload();
    else place.textContent = problem ? `There is no connection, so ${words} could not be sent yet. Leave this page open.` : `Sending ${words} …`;
  };
  const saver = new Saver({ attempt, address, token, clientId: await chooseWindow(attempt), journal, listener: { state, verdict: () => {}, clock: () => {} } });
  addEventListener("online", () => saver.flush());
  await saver.begin();
}

if (place) send();
