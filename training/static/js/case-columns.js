// The case and its answer stay in sight together: each column's height is told to the style sheet, which keeps the shorter one standing
// at the top and lets a tall one scroll until its end shows.

export function measureColumns(desk) {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) target.style.setProperty("--column-height", `${target.offsetHeight}px`);
  });
  for (const column of desk.children) watch.observe(column);
}
