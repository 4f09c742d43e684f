// What the editors of drafts share: who this window is, what the server answered, and word of other tabs that have the same draft open.

export const clientName = () => `window-${[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

export const clock = (instant) => new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

// Why nothing more can be saved from this page; nothing where it may be tried again, or went well.
export function whyStopped(response) {
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return "You are signed out. Sign in again and reload.";
  if (response.status === 413) return "The text is too long to be saved.";
  if (response.status === 400 || response.status === 404) return "This page is too old to save. Reload it.";
  return "";
}

// Two tabs of one person: each is told of the other, by the browser itself.
export function tellOfOtherTabs(draft, place) {
  if (!place || !("BroadcastChannel" in window)) return;
  const channel = new BroadcastChannel(`desk-draft-${draft}`);
  const me = clientName();
  const others = new Set();
  const say = (deed) => channel.postMessage({ deed, tab: me });
  channel.addEventListener("message", ({ data: { deed, tab } }) => {
    if (deed === "gone") others.delete(tab);
    else others.add(tab);
    if (deed === "here") say("too");
    place.hidden = others.size === 0;
  });
  window.addEventListener("pagehide", () => say("gone"));
  window.addEventListener("pageshow", (event) => event.persisted && say("here"));
  say("here");
}
