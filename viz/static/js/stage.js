// The canvas: vis-network draws shapes and lines at positions computed at build time. On a page of
// a site the library is fetched when a reader first reaches for the picture; until then the poster
// stands there, which shows the same.

const holder = byId("stage");
let net = null;
let form = "";
let hover = "";
let colours = {};
let visNodes = null;
let visEdges = null;
let loading = null;

const place = (n) => n.at[form];
const narrow = (width) => page.sizes.tall && width < 620;

// What is over, or held on an earlier day, stands only in the larger picture.
const enlarged = (s) => s.more || s.ended || s.at < page.last;
const formFor = (width) => (narrow(width) ? "tall" : page.sizes.more && enlarged(state) ? "more" : "wide");

function readColours() {
  colours = {};
  for (const name of ["paper", "ink", "soft", "rule", "edge", "faint", "chain", ...page.groups.map((g) => g.colour)]) {
    colours[name] = token(name);
  }
}

const colourOf = (group) => colours[page.groups.find((g) => g.name === group).colour];

// What has no place in the present form, or fell to a filter, is not drawn.
const drawnEdge = (e, s) => e.bow[form] !== undefined && shownEdge(e, s);

// The things in the light: those of the chosen step or selection, or all when nothing is chosen.
function lit(s) {
  const found = new Set();
  const add = (edge) => { if (shownEdge(edge, s)) { found.add(edge.id); found.add(edge.from); found.add(edge.to); } };
  if (s.sel && edges.has(s.sel)) {
    const edge = edges.get(s.sel);
    return new Set([edge.id, edge.from, edge.to]);
  }
  const centre = s.sel || (s.step ? steps[s.step - 1].id : "");
  if (!centre) return null;
  found.add(centre);
  edgesOf.get(centre).forEach(add);
  return found.size > 1 ? found : null; // what nothing joins to anything on the day puts nothing in the dark
}

function nodeLook(n, s, light, used) {
  const p = place(n) || { x: 0, y: 0, r: 1 };
  const later = n.step > 0 && n.exists[0] > s.at;
  const dim = light && !light.has(n.id);
  const colour = colourOf(n.group);
  return {
    id: n.id, x: p.x, y: p.y, size: p.r, shape: n.shape, fixed: true, label: n.label,
    hidden: !(place(n) && shownNode(n, s) && (n.step > 0 || used.has(n.id) || s.sel === n.id)),
    opacity: dim ? 0.28 : 1,
    color: {
      background: later ? colours.paper : colour, border: later ? colour : colours.paper,
      highlight: { background: colour, border: colours.ink }, hover: { background: colour, border: colours.ink },
    },
    shapeProperties: { borderDashes: later ? [4, 3] : false },
  };
}

// Lines between things that are both no event say who belongs to whom: thinner, without arrow.
const isContext = (e) => steps.length > 0 && !nodes.get(e.from).step && !nodes.get(e.to).step;

function edgeLook(e, s, light) {
  const dim = light && !light.has(e.id);
  const bow = e.bow[form] || 0;
  const ended = standing(e, s.at) === "ended";
  const colour = e.chain ? colours.chain : colours.edge;
  return {
    id: e.id, from: e.from, to: e.to, hidden: !drawnEdge(e, s),
    width: e.chain ? 3.5 : light && !dim ? 1.6 : isContext(e) ? 0.6 : 1,
    dashes: ended ? [6, 5] : e.stated ? false : [2, 4],
    color: { color: dim ? colours.faint : colour, highlight: colours.ink, hover: colours.ink, inherit: false },
    smooth: bow ? { enabled: true, type: bow > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bow) } : false,
    arrows: { to: { enabled: !e.chain && !isContext(e), scaleFactor: 0.4 } },
  };
}

function looks(s) {
  const used = new Set();
  for (const e of data.edges) if (shownEdge(e, s)) { used.add(e.from); used.add(e.to); }
  const light = lit(s);
  return [data.nodes.map((n) => nodeLook(n, s, light, used)), data.edges.map((e) => edgeLook(e, s, light))];
}

function redraw(s) {
  const [someNodes, someEdges] = looks(s);
  visNodes.update(someNodes);
  visEdges.update(someEdges);
  if (s.sel && nodes.has(s.sel)) net.setSelection({ nodes: [s.sel], edges: [] });
  else if (s.sel) net.setSelection({ nodes: [], edges: [s.sel] });
  else net.unselectAll();
}

function pick(dom) {
  const node = net.getNodeAt(dom);
  if (node) return node;
  const { x, y } = net.DOMtoCanvas(dom);
  const light = lit(state);
  for (const n of data.nodes) {
    const p = place(n);
    if (!p || p.hidden || net.body.nodes[n.id].options.hidden || (light && !light.has(n.id))) continue;
    const { top, left, right, bottom } = boxOf(p);
    if (x >= left && x <= right && y >= top && y <= bottom) return n.id;
  }
  return net.getEdgeAt(dom) || "";
}

// The library, fetched once; resolves when the canvas is drawn.
function drawn() {
  loading ||= new Promise((done, failed) => {
    if (window.vis) { done(); return; }
    const script = make("script", "", { src: holder.dataset.vis });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  }).then(draw);
  return loading;
}

function draw() {
  form = formFor(holder.parentElement.clientWidth);
  readColours();
  holder.parentElement.classList.add("drawn");
  const [someNodes, someEdges] = looks(state);
  visNodes = new vis.DataSet(someNodes);
  visEdges = new vis.DataSet(someEdges);
  net = new vis.Network(holder, { nodes: visNodes, edges: visEdges }, JSON.parse(data.options));
  net.canvas.frame.canvas.removeAttribute("tabindex");
  net.canvas.frame.removeAttribute("tabindex");
  net.on("afterDrawing", drawLabels);
  net.on("click", ({ pointer }) => choose(pick(pointer.DOM)));
  net.on("hoverNode", ({ node }) => { hover = node; net.redraw(); });
  net.on("blurNode", () => { hover = ""; net.redraw(); });
  fit(false);
  redraw(state);
  followSize();
  Promise.all(["13px Archivo", "600 13px Archivo"].map((f) => document.fonts.load(f))).then(() => net.redraw());
  dark.addEventListener("change", () => { readColours(); redraw(state); });
}

function startStage() {
  const figure = holder.parentElement;
  const state0 = toHash(state);
  if (window.vis || state0) drawn();
  else {
    const reach = [figure, ...document.querySelectorAll(".scrub, .filters")];
    for (const place of reach) for (const kind of ["pointerenter", "touchstart", "focusin"]) {
      place.addEventListener(kind, () => drawn(), { once: true, passive: true });
    }
    holder.addEventListener("click", (event) => {
      if (net) return;
      const box = holder.getBoundingClientRect();
      const dom = { x: event.clientX - box.left, y: event.clientY - box.top };
      drawn().then(() => choose(pick(dom)));
    });
  }
  watch((s, before) => {
    if (!net) { drawn(); return; }
    const wanted = formFor(holder.parentElement.clientWidth);
    const changed = wanted !== form;
    form = wanted;
    redraw(s);
    if (changed) fit(false);
    if (s.step !== before.step || s.sel !== before.sel) keepInView(s);
  });
  holder.addEventListener("wheel", (event) => {
    if (!net || (!event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
}

// A step chosen on the stage opens in the rail; anything else opens in the panel.
function choose(id) {
  if (!id) { if (state.sel || state.step) update({ sel: "", step: 0, at: page.last }, { push: true }); return; }
  const n = nodes.get(id);
  if (n && n.step) update({ step: n.step, sel: "", at: clamp(page.days[n.step - 1]) }, { push: true });
  else update({ sel: id }, { push: true });
}
