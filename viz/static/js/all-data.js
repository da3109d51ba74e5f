// Everything's data: parts come one after the other as scripts, because pages on file:// may not fetch.

const data = JSON.parse(document.getElementById("all-data").textContent);
const root = document.querySelector("a.brand").getAttribute("href").replace("index.html", "");
const by = (id) => document.getElementById(id);
const things = { names: [], pages: [], kinds: [], groups: [], x: [], y: [], sizes: [] };
const ties = { from: [], to: [], what: [] };
// First and last day of what has them, by number; 0 is open.
const lives = new Map();
const times = new Map();
const common = { kindNames: [], relations: [], land: "", high: 0, headings: [] };
let parts = 0;

window.backstoryAll = (at, part) => {
  if (at !== parts) return;
  for (const [at, first, last] of part.lives) lives.set(things.names.length + at, [first, last]);
  for (const [at, first, last] of part.times) times.set(ties.from.length + at, [first, last]);
  for (const of of [things, ties]) for (const name of Object.keys(of)) for (const value of part[name]) of[name].push(value);
  for (const name of Object.keys(common)) if (name in part) common[name] = part[name];
  parts += 1;
};

function fetched(src) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = src;
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Error(`could not load ${src}`)));
    document.head.append(script);
  });
}

// One part after the other, with a breath between them; false when `stopped()` says so before all are there.
async function load(told, stopped) {
  if (!window.backstorySigma) await fetched(`${root}assets/${data.sigma}`);
  while (parts < data.parts) {
    told(parts);
    await fetched(`${root}all/part-${parts}.js`);
    await new Promise(requestAnimationFrame);
    if (stopped()) return false;
  }
  return true;
}

// Where the ties of each thing begin in `ends.list`: numbers of ties, grouped by thing.
let ends = null;

function tiesOf(at) {
  if (!ends) {
    const count = new Uint32Array(things.names.length + 1);
    for (const side of [ties.from, ties.to]) for (const n of side) count[n + 1] += 1;
    for (let n = 0; n < things.names.length; n += 1) count[n + 1] += count[n];
    const list = new Uint32Array(2 * ties.from.length);
    const next = count.slice();
    ties.from.forEach((one, tie) => {
      list[next[one]++] = tie;
      list[next[ties.to[tie]]++] = tie;
    });
    ends = { start: count, list };
  }
  return ends.list.subarray(ends.start[at], ends.start[at + 1]);
}

// Each relation of a thing that the day shows, in words: what the other one is to it, and its number; what readers
// ask first comes first. One that held several times is told once.
function relationsOf(at) {
  const found = new Map();
  for (const tie of tiesOf(at)) {
    if (!shownTie(tie)) continue;
    const out = ties.from[tie] === at;
    const [what, other] = [2 * ties.what[tie] + (out ? 0 : 1), out ? ties.to[tie] : ties.from[tie]];
    const over = !holds(times.get(tie), state.at);
    const key = what * things.names.length + other;
    if (!over || !found.has(key)) found.set(key, { what, other, over });
  }
  const rows = [...found.values()].sort((a, b) => a.over - b.over || a.what - b.what || a.other - b.other);
  return rows.map(({ what, other, over }) => ({ label: common.relations[what >> 1][what & 1], other, over }));
}

const pageOf = (at) => {
  const page = things.pages[at];
  return `${root}${page.startsWith("/") ? page.slice(1) : `e/${page}`}/index.html`;
};
