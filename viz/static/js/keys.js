// The keyboard on the stage: one tab stop; down and up go from thing to thing, right and left along
// the lines of the present one, Enter to its sources, Escape clears. No single letters (WCAG 2.1.4).

const order = [...steps, ...data.nodes.filter((n) => !n.step).sort((a, b) => a.rank - b.rank)];
let line = -1;
let current = "";

const present = () => order.filter((n) => !net.body.nodes[n.id].options.hidden);

function goTo(id, edgeAt) {
  current = id;
  line = edgeAt;
  const n = nodes.get(id);
  const own = edgesOf.get(id).filter((e) => shownEdge(e, state));
  const edge = own[edgeAt];
  if (edge) {
    update({ sel: edge.id });
    announce(`${nodes.get(edge.from).label}, ${edge.words}, ${nodes.get(edge.to).label}. Line ${edgeAt + 1} of ${own.length}. Enter for sources.`);
  } else {
    update(n.step ? { step: n.step, sel: "", at: clamp(page.days[n.step - 1]) } : { sel: id });
    if (!n.step) announce(`${n.label}, ${n.kind}, ${own.length} lines.`);
  }
}

function along(by) {
  const own = current ? edgesOf.get(current).filter((e) => shownEdge(e, state)) : [];
  if (!own.length) return;
  goTo(current, by > 0 ? (line + 1) % own.length : (line <= 0 ? own.length : line) - 1);
}

function across(by) {
  const shown = present();
  const at = shown.findIndex((n) => n.id === current);
  goTo(shown[by > 0 ? (at + 1) % shown.length : (at <= 0 ? shown.length : at) - 1].id, -1);
}

const KEYS = {
  ArrowDown: () => across(1),
  ArrowUp: () => across(-1),
  ArrowRight: () => along(1),
  ArrowLeft: () => along(-1),
  Enter: () => openSources(),
  Escape: () => { current = ""; line = -1; choose(""); },
};

function startKeys() {
  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    drawn().then(() => KEYS[event.key]());
  });
  // Where the eye is, the keyboard goes on from.
  watch((s) => {
    if (nodes.has(s.sel)) current = s.sel;
    else if (!s.sel && s.step) current = steps[s.step - 1].id;
  });
}

function openSources() {
  if (state.sel) byId("panel-title").focus();
  else if (state.step) byId(`step-${state.step}`).querySelector("summary").focus();
}
