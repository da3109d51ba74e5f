// The table twin: the same relations as the stage, on the same day, sortable by every column.

const table = byId("relations");
const rows = [...table.querySelectorAll("tbody tr")];

function startTable() {
  table.querySelectorAll("thead th[data-sort]").forEach((head, column) => {
    const button = make("button", head.textContent, { type: "button", class: "sort" });
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head, column));
  });
  for (const row of rows) {
    row.addEventListener("click", (event) => {
      if (!event.target.closest("a, button, summary, details")) choose(row.dataset.id);
    });
  }
  watch(drawTable);
  drawTable(state);
}

function key(row, column, kind) {
  const cell = row.cells[column];
  return kind === "number" ? Number(cell.dataset.value || 0) : cell.textContent.trim();
}

function sort(head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const collator = new Intl.Collator("en", { numeric: true });
  const kind = head.dataset.sort;
  const sorted = rows.toSorted((a, b) => {
    const [x, y] = [key(a, column, kind), key(b, column, kind)];
    const how = kind === "number" ? x - y : collator.compare(x, y);
    return down ? -how : how;
  });
  table.tBodies[0].replaceChildren(...sorted);
}

function drawTable(s) {
  let count = 0;
  for (const row of rows) {
    const shown = shownEdge(edges.get(row.dataset.id), s);
    row.hidden = !shown;
    row.classList.toggle("chosen", row.dataset.id === s.sel);
    count += shown;
  }
  byId("table-count").textContent = count === rows.length ? `All ${count} relations on this page.` : `${count} of the ${rows.length} relations on this page hold on ${inWords(s.at)} with these filters.`;
}
