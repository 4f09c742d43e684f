// What a ticket asks for beside the decision: read, put back, and a macro's words taken into a reply that is empty.

const fieldOf = (panel, name) => panel.querySelector(`[data-case-besides="${name}"]`);
const valueOf = (panel, name) => fieldOf(panel, name)?.value.trim() || null;

export function readBesides(panel) {
  const plain = ["intent", "macro", "reply"].map((name) => [name, valueOf(panel, name)]).filter(([, value]) => value);
  const [who, what, certainty] = ["risk_who", "risk_what", "risk_certainty"].map((name) => valueOf(panel, name));
  return { ...Object.fromEntries(plain), ...(who && what && certainty ? { risk: { who, what, certainty } } : {}) };
}

export function fillBesides(panel, { intent, macro, reply, risk }) {
  const values = { intent, macro, reply, risk_who: risk?.who, risk_what: risk?.what, risk_certainty: risk?.certainty };
  for (const [name, value] of Object.entries(values)) {
    const field = fieldOf(panel, name);
    if (field) field.value = value ?? "";
  }
}

export function takeMacros(panel) {
  const [macro, reply] = [fieldOf(panel, "macro"), fieldOf(panel, "reply")];
  const texts = new Map([...panel.querySelectorAll("[data-case-macros] > div")].map((entry) => [entry.querySelector("dt").textContent, entry.querySelector("dd").textContent]));
  macro?.addEventListener("change", () => {
    if (!reply || (reply.value.trim() && ![...texts.values()].includes(reply.value))) return;
    reply.value = texts.get(macro.value) ?? "";
    reply.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
