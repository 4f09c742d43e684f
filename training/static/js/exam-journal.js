// Answers that the server has not acknowledged yet, kept in this browser so that a crash or a closed tab loses none.
//
// Where the browser keeps nothing (private windows of some), a list in memory stands in, and the page says so beforehand.

const NAME = "touchstone-exam";
const STORE = "answers";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE, { keyPath: ["attempt", "client_id", "sequence"] }));
  return done(request);
}

const keyOf = (entry) => [entry.attempt, entry.client_id, entry.sequence];
// Numbers rise over all windows of this browser, also where its clock was set back.
const inOrder = (entries) => entries.sort((one, other) => one.sequence - other.sequence);

function inMemory() {
  const entries = new Map();
  return {
    isLasting: false,
    add: async (entry) => void entries.set(String(keyOf(entry)), entry),
    remove: async (entry) => void entries.delete(String(keyOf(entry))),
    all: async (attempt) => inOrder([...entries.values()].filter((entry) => entry.attempt === attempt)),
  };
}

export async function openJournal() {
  let database;
  try {
    database = await opened();
  } catch {
    return inMemory();
  }
  const store = (mode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    isLasting: true,
    add: (entry) => done(store("readwrite").put(entry)),
    remove: (entry) => done(store("readwrite").delete(keyOf(entry))),
    all: async (attempt) => inOrder((await done(store("readonly").getAll())).filter((entry) => entry.attempt === attempt)),
  };
}
