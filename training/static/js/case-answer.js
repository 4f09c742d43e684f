// The answer to a case: number keys, letters, type-ahead labels, evidence by selection. Practice and exams use it alike.
//
// Every change of an answer reaches the page as an ordinary `change` event that bubbles from the field.
// `readAnswer(root)` gives the answer as JSON, `fillAnswer(root, answer)` puts a saved one back; `root` holds the [data-case-answer].

import { fillBesides, readBesides, takeMacros } from "./case-besides.js";
import { measureColumns } from "./case-columns.js";
import { enhanceEvidence } from "./case-evidence.js";
import { enhanceLabels } from "./case-labels.js";
import { pressedMedia } from "./case-media.js";
import { showSoFar } from "./case-so-far.js";
import { isTyping, keysAreOn, turnKeys } from "./key-setting.js";
import { onEveryPart } from "./page-parts.js";

const enhanced = new WeakMap();

const panelOf = (root) => (root.matches?.("[data-case-answer]") ? root : root.querySelector("[data-case-answer]"));
const field = (panel, name) => panel.querySelector(`[name="${name}"]`);
const boxes = (panel, name) => [...panel.querySelectorAll(`input[name="${name}"]`)];

export function readAnswer(root) {
  const panel = panelOf(root);
  const primary = field(panel, "primary_label").value;
  return {
    actions: boxes(panel, "actions").filter((box) => box.checked).map((box) => box.value),
    primary_label: primary || null,
    further_labels: [...field(panel, "further_labels").selectedOptions].map((option) => option.value).filter((code) => code !== primary),
    severity: boxes(panel, "severity").find((box) => box.checked)?.value ?? null,
    escalate_to: field(panel, "escalate_to").value || null,
    evidence: enhanced.get(panel).evidence.read(),
    ...readBesides(panel),
  };
}

export function fillAnswer(root, answer) {
  const panel = panelOf(root);
  for (const box of boxes(panel, "actions")) box.checked = (answer.actions ?? []).includes(box.value);
  for (const box of boxes(panel, "severity")) box.checked = box.value === answer.severity;
  field(panel, "escalate_to").value = answer.escalate_to ?? "";
  field(panel, "primary_label").value = answer.primary_label ?? "";
  for (const option of field(panel, "further_labels").options) option.selected = (answer.further_labels ?? []).includes(option.value);
  const { labels, evidence } = enhanced.get(panel);
  for (const box of labels) box.show();
  evidence.fill(answer.evidence ?? []);
  fillBesides(panel, answer);
}

// Approving leaves everything as it is, so it goes with no other action.
function keepApprovingAlone(panel) {
  panel.addEventListener("change", ({ target }) => {
    if (target.name !== "actions" || !target.checked) return;
    for (const box of boxes(panel, "actions")) {
      if (box !== target && (target.value === "APPROVE" || box.value === "APPROVE")) box.checked = false;
    }
  });
}

function keyOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit) return event.shiftKey ? `Shift+${digit}` : digit;
  return event.shiftKey ? "" : event.key.toLowerCase();
}

// After S the next digit says how severe it is; then digits are decisions again.
function choosesSeverity(panel, key) {
  const isAwaited = panel.dataset.awaits === "severity" && document.activeElement?.name === "severity";
  delete panel.dataset.awaits;
  const chosen = isAwaited && boxes(panel, "severity").find((box) => box.value === `S${key}`);
  if (chosen) chosen.click();
  return Boolean(chosen);
}

function pressed(panel, key) {
  if (choosesSeverity(panel, key)) return true;
  const toggle = boxes(panel, "actions").find((box) => box.getAttribute("aria-keyshortcuts") === key);
  if (toggle) {
    toggle.click();
    return true;
  }
  const control = panel.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (control) {
    const folded = control.closest("details");
    if (folded) folded.open = true;
    const radio = control.type === "radio" ? boxes(panel, control.name).find((box) => box.checked) ?? control : control;
    radio.focus();
    if (control.name === "severity") panel.dataset.awaits = "severity";
    return true;
  }
  if (key === "e") {
    enhanced.get(panel).evidence.markSelection();
    return true;
  }
  const marking = panel.querySelector(`.case-marking:not([hidden]) [aria-keyshortcuts="${CSS.escape(key.toUpperCase())}"]`);
  marking?.click();
  return Boolean(marking) || pressedMedia(panel.closest("[data-case-desk]") ?? document, key);
}

// Ctrl+Enter sends from anywhere in the answer; at a desk also from where nothing else is filled in.
function sendsFrom(panel, target) {
  const form = panel.closest("form") ?? panel;
  return form.contains(target) || (form.matches("[data-answers]") && !target.closest("form, dialog, textarea, select"));
}

function listenToKeys(panel) {
  const listening = new AbortController();
  const listen = (event) => {
    if (!panel.isConnected) {
      listening.abort();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && sendsFrom(panel, event.target)) {
      event.preventDefault();
      panel.closest("form")?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (!keysAreOn() || document.querySelector("dialog[open]")) return;
    if (pressed(panel, keyOf(event))) event.preventDefault();
  };
  document.addEventListener("keydown", listen, { signal: listening.signal });
}

export function addKeySwitch(panel) {
  const label = document.createElement("label");
  label.className = "case-key-switch small";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = keysAreOn();
  const show = () => panel.classList.toggle("has-no-keys", !box.checked);
  box.addEventListener("change", (event) => {
    event.stopPropagation();
    turnKeys(box.checked);
    show();
  });
  label.append(box, " Single-key shortcuts");
  panel.append(label);
  show();
}

function goOnToSeverity(panel) {
  const choices = boxes(panel, "severity");
  (choices.find((box) => box.checked) ?? choices[0]).focus();
}

function announceLetters(panel) {
  for (const control of panel.querySelectorAll("[data-key]")) control.setAttribute("aria-keyshortcuts", control.dataset.key.toUpperCase());
}

export function enhanceAnswer(root) {
  const panel = panelOf(root);
  if (!panel || enhanced.has(panel)) return;
  const scope = panel.closest("[data-case-desk]") ?? document;
  const evidence = enhanceEvidence(panel.querySelector("[data-case-evidence]"), scope.querySelector("[data-case]"));
  const labels = [...panel.querySelectorAll("[data-case-labels]")].map(enhanceLabels);
  enhanced.set(panel, { evidence, labels });
  keepApprovingAlone(panel);
  panel.addEventListener("case-label-chosen", () => goOnToSeverity(panel));
  takeMacros(panel);
  announceLetters(panel);
  listenToKeys(panel);
  addKeySwitch(panel);
  const line = scope.querySelector("[data-case-so-far]");
  if (line) showSoFar(panel, line);
  if (scope !== document) measureColumns(scope);
}

document.documentElement.classList.add("has-script");
onEveryPart((part) => part.querySelectorAll("[data-case-answer]").forEach(enhanceAnswer));
