// The page's data, read once from its JSON elements, and the rule for what holds on a day.

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

// Day 1 is 0001-01-01, as in graph/when.py.
const EPOCH = 719163;
const MS = 86400000;

function dayOf(iso) {
  const match = /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(iso);
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const day = Math.floor(date.getTime() / MS) + EPOCH;
  return isoOf(day) === iso ? day : null;
}

function isoOf(day) {
  const date = new Date((day - EPOCH) * MS);
  const year = date.getUTCFullYear();
  const text = String(Math.abs(year)).padStart(4, "0");
  const two = (n) => String(n).padStart(2, "0");
  return `${year < 0 ? "-" : ""}${text}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

const MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

function inWords(day) {
  const date = new Date((day - EPOCH) * MS);
  const year = date.getUTCFullYear();
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${year > 0 ? year : `${1 - year} BCE`}`;
}

// The same rule as When.holds: closed bounds, three answers.
function held(time, day) {
  if (day < time[0] || day > time[3]) return "no";
  return day >= time[1] && day <= time[2] ? "certain" : "possible";
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
