// A question as a candidate sees it, outside every exam: it can be tried, and nothing is sent.

import { enhance } from "./exam-kinds.js";

const form = document.querySelector("[data-preview]");

form.addEventListener("submit", (event) => event.preventDefault());
enhance(form, form.dataset.kind, "preview");
