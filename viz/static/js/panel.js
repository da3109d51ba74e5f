// The source panel: what one thing or line is, in words, with the quotes and sources behind it.
// Everything in it is cloned from the table or made as text; nothing is parsed as markup.

const panel = byId("panel");

function isolate(text) {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}

function chooser(id, text) {
  const button = make("button", "", { type: "button", class: "plain" });
  button.append(isolate(text));
  button.addEventListener("click", () => choose(id));
  return button;
}

// The table names sources by number; here their publisher and date stand beside it.
function publisherOf(link) {
  const source = document.querySelector(link.getAttribute("href"));
  const by = source && (source.querySelector(".by") || source.querySelector("cite bdi").parentElement);
  if (!by) return [];
  const cite = make("cite", "");
  cite.append(...by.cloneNode(true).childNodes);
  return [cite, " "];
}

// When the source was retrieved and where a copy of it is kept, as its entry in the list says.
function keptOf(link) {
  const kept = document.querySelector(link.getAttribute("href"))?.querySelector(".kept");
  return kept ? [" ", kept.cloneNode(true)] : [];
}

function evidenceOf(id) {
  const row = document.querySelector(`tr[data-id="${CSS.escape(id)}"]`);
  const found = row && row.querySelector(".evidence");
  if (!found) return null;
  const copy = found.cloneNode(true);
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const link of copy.querySelectorAll(".cited .ref")) {
    const by = publisherOf(link);
    const speaker = by.length && link.parentElement.querySelector(".speaker");
    if (speaker) by.unshift(link.parentElement.querySelector("q") ? "in " : "via ");
    link.before(...by);
    link.after(...keptOf(link));
  }
  return copy;
}

function aboutNode(n) {
  const body = document.createDocumentFragment();
  body.append(make("p", n.date ? `${n.kind}, ${n.date}` : n.kind, { class: "kind" }));
  if (page.root && n.id.length <= 80 && n.id !== page.id) {
    const more = make("p", "", { class: "jump" });
    more.append(make("a", "Its page", { href: `${page.root}e/${encodeURIComponent(n.id)}/index.html` }));
    body.append(more);
  }
  const own = edgesOf.get(n.id).filter((e) => shownEdge(e, state));
  const list = make("ul", "", { class: "lines" });
  for (const edge of own) {
    const item = make("li", "");
    const other = nodes.get(edge.from === n.id ? edge.to : edge.from);
    const inverse = edge.from === n.id ? edge.words : page.inverse[edge.predicate];
    const way = inverse || (edge.stated ? edge.words : `← ${edge.words}`);
    item.append(make("span", `${way} `, { class: "way" }), chooser(edge.id, other.label));
    list.append(item);
  }
  const others = edgesOf.get(n.id).length - own.length;
  const count = `${own.length} relation${own.length === 1 ? "" : "s"} on this day${others ? `, ${others} on others or hidden` : ""}`;
  body.append(make("p", count, { class: "count" }), list);
  return body;
}

// What names the claim to whoever reports an error in it.
function aboutClaim(id) {
  const line = make("p", "Claim ", { class: "standing claimid" });
  line.append(make("code", id));
  if (page.root) line.append(" · ", make("a", "Report an error", { href: `${page.root}about/index.html#corrections` }));
  return line;
}

function aboutEdge(e) {
  const body = document.createDocumentFragment();
  const ends = make("p", "", { class: "ends" });
  ends.append(chooser(e.from, nodes.get(e.from).label), make("span", ` ${e.words} `), chooser(e.to, nodes.get(e.to).label));
  body.append(ends);
  const how = { now: "", possible: "The sources leave open whether it held on this day.", ended: "Over by this day.", later: "Not yet on this day." }[standing(e, state.at)];
  if (how) body.append(make("p", how, { class: "standing" }));
  const found = evidenceOf(e.id);
  if (found) body.append(found);
  if (e.contested) body.append(make("p", e.against.length ? "Sources differ on this. Others say:" : "Sources differ on this.", { class: "standing" }));
  if (e.against.length) {
    const list = make("ul", "", { class: "lines" });
    for (const [id, text] of e.against) {
      const item = make("li", "");
      item.append(id ? chooser(id, text) : isolate(text));
      list.append(item);
    }
    body.append(list);
  }
  if (e.stated) body.append(aboutClaim(e.id));
  return body;
}

function drawPanel(s, before, { focus } = {}) {
  const open = Boolean(s.sel);
  panel.hidden = !open;
  document.querySelector("[data-rest]").hidden = open;
  if (!open) {
    if (before.sel && panel.contains(document.activeElement)) holder.focus({ preventScroll: true });
    return;
  }
  const n = nodes.get(s.sel);
  const title = byId("panel-title");
  title.replaceChildren(isolate(n ? n.label : `${edges.get(s.sel).words}`));
  byId("panel-body").replaceChildren(n ? aboutNode(n) : aboutEdge(edges.get(s.sel)));
  if (focus) title.focus({ preventScroll: true });
}

function startPanel() {
  byId("panel-close").addEventListener("click", () => update({ sel: "" }, { push: true }));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { update({ sel: "" }, { push: true }); holder.focus(); }
  });
  watch(drawPanel);
  drawPanel(state, initial());
}
