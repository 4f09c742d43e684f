// What a page of the exam does for each kind of question: read the answer, put one back, answer to keys. One module a kind.
//
// Every change of an answer reaches the page as an ordinary `change` event that bubbles from a named field.

import { fillAnswer, enhanceAnswer, readAnswer } from "./case-answer.js";
import * as choice from "./exam-choice.js";
import * as order from "./exam-order.js";
import * as quotes from "./exam-quotes.js";
import * as recording from "./exam-recording.js";
import * as region from "./exam-region.js";
import * as text from "./exam-text.js";
import * as typing from "./exam-typing.js";

const labelling = { enhance: enhanceAnswer, read: readAnswer, fill: fillAnswer };
const KINDS = { single: choice, multiple: choice, case: labelling, ordering: order, short: text, reply: text, typing };

function evidenceOf(form) {
  if (form.querySelector("[data-exam-quotes]")) return quotes;
  return form.querySelector("[data-exam-picture]") ? region : recording;
}

export const kindOf = (form, name) => KINDS[name] ?? evidenceOf(form);

// Show what only a script can do, and hide what stands in for it.
export function enhance(form, name, place) {
  for (const part of form.querySelectorAll(".exam-scripted")) part.hidden = false;
  for (const part of form.querySelectorAll(".exam-plain")) part.hidden = true;
  kindOf(form, name).enhance(form, place);
}
