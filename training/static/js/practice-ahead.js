// The next case, laid ready while what the expert said of the last one is read: chosen, its words here, its pictures on their way.
//
// It is shown the moment it is asked for; its time runs from then, which the server is told.

import { fieldsOf, sendFields } from "./practice-asking.js";

let laid = null;

function fetchPictures(page) {
  return [...page.querySelectorAll("#main img[src]")].map((picture) => {
    const ahead = new Image();
    ahead.src = picture.getAttribute("src");
    return ahead;
  });
}

export async function layAhead() {
  laid = null;
  const form = document.querySelector("#main form[data-ahead]");
  if (!form) return;
  const { page, url, status } = await sendFields(form.dataset.ahead, fieldsOf(form));
  if (!page || status !== 200 || !form.isConnected) return;
  laid = { form, answer: { page, url, status, isRedirected: true }, pictures: fetchPictures(page) };
}

// What lies ready behind this form's button, once.
export function takeLaid(form) {
  const found = laid?.form === form ? laid : null;
  laid = null;
  return found;
}

// Tell the server that it is shown. It comes back with another page where that case is no longer the next, as when another tab took it.
export const beginLaid = ({ form, answer }) => sendFields(form.action, [...fieldsOf(form), ["ahead", new URL(answer.url).pathname.split("/").pop()]]);
