// Answers that the server has not acknowledged yet, kept in this browser so that a crash or a closed tab loses none. Where nothing lasts,
// the page says so beforehand.

import { openStore } from "./kept-store.js";

// Numbers rise over all windows of this browser, also where its clock was set back.
const inOrder = (entries) => entries.sort((one, other) => one.sequence - other.sequence);

export async function openJournal() {
  const store = await openStore({ name: "touchstone-exam", store: "answers", keyPath: ["attempt", "client_id", "sequence"] });
  return {
    isLasting: store.isLasting,
    add: store.put,
    remove: store.remove,
    all: async (attempt) => inOrder((await store.all()).filter((entry) => entry.attempt === attempt)),
  };
}
