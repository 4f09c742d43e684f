// A sequential attempt: before an answer is final the candidate is asked, and may still change it.

const byId = (id) => document.getElementById(id);

function show(isAsking) {
  byId("exam-sure").hidden = !isAsking;
  byId("exam-confirm").hidden = isAsking;
}

export function askFirst(isBlank) {
  byId("exam-sure-blank").hidden = !isBlank;
  show(true);
  byId("exam-sure").querySelector("button").focus();
  byId("exam-sure").scrollIntoView({ block: "nearest" });
}

export function takeBack() {
  if (byId("exam-sure") && !byId("exam-sure").hidden) show(false);
}
