// What is decided so far, in one line beside the button that sends it.

const checked = (panel, name) => [...panel.querySelectorAll(`input[name="${name}"]:checked`)].map((box) => box.closest("label").querySelector("span").textContent.trim());
const chosen = (panel, name) => [...panel.querySelector(`select[name="${name}"]`).selectedOptions].filter((option) => option.value);

function parts(panel) {
  const labels = [...chosen(panel, "primary_label"), ...chosen(panel, "further_labels")].map((option) => option.value);
  const [severity] = checked(panel, "severity");
  const [target] = chosen(panel, "escalate_to");
  return [checked(panel, "actions").join(" + "), labels.join(", "), severity?.split(/\s/u)[0], target && `to ${target.textContent.trim()}`].filter(Boolean);
}

export function showSoFar(panel, line) {
  const show = () => {
    const said = parts(panel).join(" · ");
    line.textContent = said ? `So far: ${said}` : "";
    line.hidden = !said;
  };
  panel.addEventListener("change", show);
  show();
}
