// What this browser keeps until the server has it, so that a crash or a closed tab loses nothing.
//
// Where the browser keeps nothing (private windows of some), a list in memory stands in, and says that it does not last.

const done = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

function opened({ name, store, keyPath }) {
  const request = indexedDB.open(name, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(store, { keyPath }));
  return done(request);
}

const keyOf = (entry, keyPath) => (Array.isArray(keyPath) ? keyPath.map((name) => entry[name]) : entry[keyPath]);

function inMemory(keyPath) {
  const entries = new Map();
  const placeOf = (entry) => String(keyOf(entry, keyPath));
  return {
    isLasting: false,
    put: async (entry) => void entries.set(placeOf(entry), entry),
    remove: async (entry) => void entries.delete(placeOf(entry)),
    all: async () => [...entries.values()],
  };
}

// `keyPath` is the name of the property, or the names, that make an entry the same entry.
export async function openStore({ name, store, keyPath }) {
  let database;
  try {
    database = await opened({ name, store, keyPath });
  } catch {
    return inMemory(keyPath);
  }
  const within = (mode) => database.transaction(store, mode).objectStore(store);
  return {
    isLasting: true,
    put: (entry) => done(within("readwrite").put(entry)),
    remove: (entry) => done(within("readwrite").delete(keyOf(entry, keyPath))),
    all: () => done(within("readonly").getAll()),
  };
}
