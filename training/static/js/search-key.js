// "/" goes to the search box.

const box = document.getElementById("handbook-search");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!box || event.target.closest("input, textarea, select, [contenteditable=true]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});
