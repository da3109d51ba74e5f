// Plain tables: sorted by a column's heading, narrowed to rows with some words.

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
const collator = new Intl.Collator("en", { numeric: true });

function cellKey(row, column, kind) {
  const cell = row.cells[column];
  return kind === "number" ? Number(cell.dataset.value || 0) : cell.textContent.trim();
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...table.tBodies[0].rows].sort((a, b) => {
        const [x, y] = [cellKey(a, column, head.dataset.sort), cellKey(b, column, head.dataset.sort)];
        const how = head.dataset.sort === "number" ? x - y : collator.compare(x, y);
        return down ? -how : how;
      });
      table.tBodies[0].replaceChildren(...sorted);
    });
  });
}

for (const box of document.querySelectorAll("input[data-filter]")) {
  const rows = [...document.getElementById(box.dataset.filter).tBodies[0].rows];
  box.addEventListener("input", () => {
    const words = box.value.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase("en");
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    document.getElementById("status").textContent = `${shown} of ${rows.length} rows`;
  });
}
