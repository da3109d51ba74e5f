// Files of what is shown: CSV and JSON-LD of the relations, PNG and SVG of the picture, a link.

const linked = parsed("linked-data");

function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", "", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const shownIds = () => new Set(data.edges.filter((e) => shownEdge(e, state)).map((e) => e.id));

function jsonLd() {
  const ids = shownIds();
  const kept = linked["@graph"].filter((entry) => entry.relation === undefined || ids.has(entry.identifier));
  return JSON.stringify({ ...linked, "@graph": kept }, null, 1);
}

// A cell that a spreadsheet would run as a formula gets an apostrophe before it.
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv() {
  const ids = shownIds();
  const urls = new Map(linked["@graph"].filter((entry) => entry.url).map((entry) => [entry["@id"], entry.url]));
  const names = new Map(linked["@graph"].filter((entry) => entry.name).map((entry) => [entry["@id"], entry.name]));
  const lines = [["id", "subject", "subject_name", "relation", "object", "object_name", "from", "to", "status", "basis", "sources"]];
  for (const entry of linked["@graph"]) {
    if (entry.relation === undefined || !ids.has(entry.identifier)) continue;
    lines.push([
      entry.identifier, entry.subject.slice(2), names.get(entry.subject), entry.relation, entry.object.slice(2),
      names.get(entry.object), entry.startDate || "", entry.endDate || "", entry.status, entry.basis, [...new Set(entry.citation.map((id) => urls.get(id)))].join(" "),
    ]);
  }
  return lines.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function png(done) {
  const source = net.canvas.frame.canvas;
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [source.width, source.height];
  const ctx = copy.getContext("2d");
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  copy.toBlob(done, "image/png");
}

function svgFile() {
  const source = [...document.querySelectorAll(".stage .poster")].find((p) => p.checkVisibility()) || document.querySelector(`.only-${form} .poster`) || document.querySelector(".poster");
  const copy = source.cloneNode(true);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  const rules = page.groups.map((g) => `.g-${g.colour}>path{fill:${token(g.colour)}}`);
  style.textContent = `svg{background:${token("paper")};font:13px ${FONT}}.line{fill:none;stroke:${token("edge")}}.chain{stroke:${token("chain")};stroke-width:3}.computed{stroke-dasharray:2 4}text{fill:${token("ink")}}.head{font-weight:600;fill:${token("chain")}}.no{fill:${token("paper")};font-weight:600;font-size:12px}.lead{stroke:${token("rule")}}${rules.join("")}`;
  copy.prepend(style);
  return new XMLSerializer().serializeToString(copy);
}

// What a page says in a paragraph of its own, else its opening.
const copyOf = (kind) => page.copies[kind] ?? composed(kind);

// This view as a frame for another page.
function embedCode() {
  const address = location.href.replace(/[?#].*/, "") + "?embed=1" + location.hash;
  const title = document.querySelector("h1").textContent;
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="720" loading="lazy"></iframe>`;
}

function startFiles() {
  const name = page.id;
  byId("save-csv").addEventListener("click", () => save(`${name}.csv`, "text/csv;charset=utf-8", csv()));
  byId("save-jsonld").addEventListener("click", () => save(`${name}.jsonld`, "application/ld+json", jsonLd()));
  byId("save-png").addEventListener("click", () => drawn().then(() => png((blob) => save(`${name}.png`, "image/png", blob))));
  byId("save-svg").addEventListener("click", () => save(`${name}.svg`, "image/svg+xml", svgFile()));
  const copies = (button, text, done) => button.addEventListener("click", () => toClipboard(button, text(), done));
  copies(byId("copy-link"), () => location.href, "Link copied");
  copies(byId("copy-embed"), embedCode, "Code for a frame copied");
  for (const button of document.querySelectorAll("[data-copy]")) copies(button, () => copyOf(button.dataset.copy), "Paragraph copied");
}
