// What is shown now: the day, the step, the selection, the filters. Kept in the URL's hash.
// Every value from the URL is checked against what the page knows; anything else is ignored.

const initial = () => ({ at: page.last, step: 0, sel: "", off: new Set(), rel: new Set(), ended: false, more: false });
let state = initial();
const watchers = [];
const watch = (fn) => watchers.push(fn);

const groups = [...new Set(data.nodes.map((n) => n.group))];
const predicates = [...new Set(data.edges.map((e) => e.predicate))];
const clamp = (day) => Math.min(page.last, Math.max(page.first, day));

function fromHash(hash) {
  const found = initial();
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const step = Number(given.get("step"));
  if (Number.isInteger(step) && step >= 1 && step <= steps.length) {
    found.step = step;
    found.at = clamp(page.days[step - 1]);
  }
  const at = dayOf(given.get("at") || "");
  if (at !== null) found.at = clamp(at);
  const sel = given.get("sel") || "";
  if (nodes.has(sel) || edges.has(sel)) found.sel = sel;
  found.off = new Set((given.get("off") || "").split(",").filter((g) => groups.includes(g)));
  found.rel = new Set((given.get("rel") || "").split(",").filter((p) => predicates.includes(p)));
  found.ended = given.get("ended") === "1";
  found.more = Boolean(page.sizes.more) && given.get("more") === "1";
  return found;
}

function toHash(s) {
  const parts = [];
  const natural = s.step ? clamp(page.days[s.step - 1]) : page.last;
  if (s.at !== natural) parts.push(`at=${isoOf(s.at)}`);
  if (s.step) parts.push(`step=${s.step}`);
  if (s.sel) parts.push(`sel=${encodeURIComponent(s.sel)}`);
  if (s.off.size) parts.push(`off=${[...s.off].sort().join(",")}`);
  if (s.rel.size) parts.push(`rel=${[...s.rel].sort().join(",")}`);
  if (s.ended) parts.push("ended=1");
  if (s.more) parts.push("more=1");
  return parts.join("&");
}

function update(change, { push = false, focus = false } = {}) {
  const before = state;
  state = { ...state, ...change };
  putHash(toHash(state), push);
  for (const fn of watchers) fn(state, before, { focus });
}

const isState = (hash) => hash === "" || /^#(at|step|sel|off|rel|ended|more)=/.test(hash);

function followUrl() {
  if (!isState(location.hash)) return;
  const before = state;
  state = fromHash(location.hash);
  for (const fn of watchers) fn(state, before, {});
}

// Things of the second tier wait until the reader asks for more.
const inTier = (n, s) => n.tier !== 2 || s.more || s.ended || s.at < page.last;

const shownNode = (n, s) => n.step > 0 || (inTier(n, s) && !s.off.has(n.group) && (held(n.exists, s.at) !== "no" || (s.ended && n.exists[0] <= s.at)));

function shownEdge(e, s) {
  const how = standing(e, s.at);
  if (how === "later" || (how === "ended" && !s.ended) || s.rel.has(e.predicate)) return false;
  return shownNode(nodes.get(e.from), s) && shownNode(nodes.get(e.to), s);
}

let spoken = 0;
function announce(text) {
  clearTimeout(spoken);
  spoken = setTimeout(() => { byId("status").textContent = text; }, 300);
}
