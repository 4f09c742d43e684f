// Rows of a form that grow by need: one more at once, one away, without a round to the server.

const rowsOf = (field) => [...field.querySelectorAll("[data-row]")];
const numberOf = (row) => Number(row.id.match(/\d+$/)[0]);
const nameOf = (field, place) => ("letters" in field.dataset ? "abcdefghij"[place] : String(place + 1));
const entryOf = (row) => row.querySelector("select, textarea, input:not([type=radio], [type=checkbox])") ?? row.querySelector("input");

function refresh(field) {
  const rows = rowsOf(field);
  for (const [place, row] of rows.entries()) for (const name of row.querySelectorAll("[data-row-name]")) name.textContent = nameOf(field, place);
  for (const remove of field.querySelectorAll("[data-row-remove]")) remove.hidden = rows.length <= Number(field.dataset.least);
  const add = field.querySelector("[data-row-add]");
  if (add) add.hidden = rows.length >= Number(field.dataset.most);
}

function add(field) {
  const number = Math.max(-1, ...rowsOf(field).map(numberOf)) + 1;
  const blank = field.querySelector("[data-row-blank]").content.querySelector("[data-row]").cloneNode(true);
  for (const part of [blank, ...blank.querySelectorAll("[id], [name], [for], [value], [aria-labelledby]")]) {
    for (const name of ["id", "name", "for", "value", "aria-labelledby"]) {
      const said = part.getAttribute(name);
      if (said) part.setAttribute(name, said.replace("ROW_NUMBER", number));
    }
  }
  rowsOf(field).at(-1).after(blank);
  refresh(field);
  entryOf(blank).focus();
}

function remove(field, row) {
  const rows = rowsOf(field);
  const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
  row.remove();
  refresh(field);
  entryOf(next).focus();
}

for (const field of document.querySelectorAll("[data-rows]")) {
  refresh(field);
  field.addEventListener("click", (event) => {
    if (event.target.closest("[data-row-remove]")) return remove(field, event.target.closest("[data-row]"));
    if (!event.target.closest("[data-row-add]")) return undefined;
    event.preventDefault();
    return add(field);
  });
}
