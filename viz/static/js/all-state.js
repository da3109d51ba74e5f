// What is shown now: the day, what is over, the thing chosen, the kinds hidden. Kept in the URL's hash, where
// every value is checked against what there is; anything else is ignored.

const [FIRST, LAST] = data.days;
const initial = () => ({ at: LAST, ended: false, sel: -1, off: new Set() });
let state = initial();
// Of each thing on the day: 0 is drawn, 1 is faint because nothing joins it to anything, 2 did not exist.
let stands = new Uint8Array(0);

const clamp = (day) => Math.min(LAST, Math.max(FIRST, day));
const begun = (time, day) => !time || !time[0] || time[0] <= day;
const holds = (time, day) => begun(time, day) && (!time || !time[1] || day <= time[1]);
const there = (time) => (state.ended ? begun(time, state.at) : holds(time, state.at));
const shownTie = (tie) => there(times.get(tie)) && stands[ties.from[tie]] < 2 && stands[ties.to[tie]] < 2;

// How things stand on the day; gives the number of relations shown.
function stood() {
  stands = new Uint8Array(things.names.length);
  for (const [at, life] of lives) if (!there(life)) stands[at] = 2;
  const [joined, lit] = [new Uint8Array(stands.length), new Uint8Array(stands.length)];
  let shown = 0;
  for (let tie = 0; tie < ties.from.length; tie += 1) {
    joined[ties.from[tie]] = joined[ties.to[tie]] = 1;
    if (!shownTie(tie)) continue;
    shown += 1;
    lit[ties.from[tie]] = lit[ties.to[tie]] = 1;
  }
  for (let at = 0; at < stands.length; at += 1) if (stands[at] === 0 && joined[at] && !lit[at]) stands[at] = 1;
  return shown;
}

function fromHash(hash) {
  const found = initial();
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const at = dayOf(given.get("at") || "");
  if (at !== null) found.at = clamp(at);
  found.ended = given.get("ended") === "1";
  found.sel = things.pages.indexOf(given.get("sel") || "");
  const names = (given.get("off") || "").split(",");
  found.off = new Set([...data.groups.keys()].filter((group) => names.includes(data.groups[group][0])));
  return found;
}

function toHash(s) {
  const parts = [];
  if (s.at !== LAST) parts.push(`at=${isoOf(s.at)}`);
  if (s.ended) parts.push("ended=1");
  if (s.sel >= 0) parts.push(`sel=${encodeURIComponent(things.pages[s.sel])}`);
  if (s.off.size) parts.push(`off=${[...s.off].map((group) => data.groups[group][0]).sort().join(",")}`);
  return parts.join("&");
}

function update(change, { push = false, focus = false } = {}) {
  const before = state;
  state = { ...state, ...change };
  putHash(toHash(state), push);
  show(before, focus);
}

function followUrl() {
  if (!sigma || !/^(#(at|ended|sel|off)=.*)?$/.test(location.hash)) return;
  const before = state;
  state = fromHash(location.hash);
  show(before, false);
}

let spoken = 0;
function announce(text) {
  clearTimeout(spoken);
  spoken = setTimeout(() => { by("status").textContent = text; }, 300);
}
