// A trial sitting: the question's own keys and pointing, as in an exam. Its plain form answers it; nothing is saved beside that.

import { addKeySwitch } from "./case-answer.js";
import { enhanceMedia } from "./case-media.js";
import { addExamKeys } from "./exam-keys.js";
import { enhanceQuestion, form, room } from "./exam-question.js";

enhanceQuestion();
enhanceMedia(room());
if (room().dataset.kind !== "case") addKeySwitch(form());
addExamKeys((go) => form().querySelector(`.exam-steps [value=${CSS.escape(go)}]`).click());
