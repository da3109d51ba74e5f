// The page's data, read once from its JSON elements, and how a relation stands on a day.

const parsed = (id) => JSON.parse(document.getElementById(id).textContent);
const byId = (id) => document.getElementById(id);

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const data = parsed("stage-data");
const page = data.page;
// What is usual is not in the data: viz/network.py says what that is.
for (const e of data.edges) for (const [name, value] of Object.entries(page.usual.edge)) e[name] ??= value;
for (const n of data.nodes) {
  for (const [name, value] of Object.entries(page.usual.node)) n[name] ??= value;
  for (const p of Object.values(n.at)) { p.r ??= page.usual.place.r; p.lines ??= [n.label]; }
}
const nodes = new Map(data.nodes.map((n) => [n.id, n]));
const edges = new Map(data.edges.map((e) => [e.id, e]));
const steps = data.nodes.filter((n) => n.step).sort((a, b) => a.step - b.step);
const edgesOf = new Map(data.nodes.map((n) => [n.id, []]));
for (const edge of data.edges) {
  edgesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
}

// "now", "possible", "ended" or "later": how a relation stands on a day.
function standing(edge, day) {
  const answer = held(edge.time, day);
  if (answer === "certain") return "now";
  if (answer === "possible") return "possible";
  return edge.time[0] > day ? "later" : "ended";
}

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const coarse = matchMedia("(pointer: coarse)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
