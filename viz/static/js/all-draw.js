// Everything drawn: a dot a thing with the sign of its kind, the outlines of the map behind, ties of what is chosen.

const FONT = 'Archivo, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
const RADII = [1.5, 2.6, 4.2];
const SCALE = 10;
const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star"];
const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying float v_soft;
varying float v_shape;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = a_size / u_sizeRatio * u_pixelRatio * 2.0;
  v_soft = u_sizeRatio / a_size;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;
// How far a point lies outside a shape whose corners are 1 from its middle: negative inside. In the order of SHAPES.
const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_soft;
varying float v_shape;
float outside(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.8;
  if (v_shape < 2.5) return (q.x + q.y - 1.0) * 0.7;
  if (v_shape < 3.5) return max(q.x * 0.87 - p.y * 0.5, p.y) - 0.5;
  if (v_shape < 4.5) return max(q.x * 0.87 + p.y * 0.5, -p.y) - 0.5;
  if (v_shape < 5.5) return max(q.x * 0.87 + q.y * 0.5, q.y) - 0.85;
  float a = mod(atan(p.x, -p.y) + 0.6283, 1.2566) - 0.6283;
  vec2 r = length(p) * vec2(cos(a), abs(sin(a)));
  return (r.x - 0.98) * 0.52 + r.y * 0.85;
}
void main(void) {
  float far = outside((gl_PointCoord - 0.5) * 2.0);
  #ifdef PICKING_MODE
  gl_FragColor = far < 0.0 ? v_color : vec4(0.0);
  #else
  gl_FragColor = v_color * (1.0 - smoothstep(-v_soft, 0.0, far));
  #endif
}`;
let sigma = null;
let net = null;
let colours = {};
let near = new Set();
let land = null;
let boxes = [];
const widths = new Map();

// Sigma's points with a shape each: one program, so that what is chosen can lie above everything else.
const programOf = () => class extends backstorySigma.NodePointProgram {
  getDefinition() {
    const plain = super.getDefinition();
    const shape = { name: "a_shape", size: 1, type: WebGLRenderingContext.FLOAT };
    return { ...plain, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, ATTRIBUTES: [...plain.ATTRIBUTES, shape] };
  }

  processVisibleItem(number, start, shown) {
    super.processVisibleItem(number, start, shown);
    this.array[start + 5] = shown.shape;
  }
};

function inked() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "soft", "rule", "faint", "edge", "chain", ...data.groups.map((g) => g[3])];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const plain = (at) => ({
  x: things.x[at] / SCALE,
  y: -things.y[at] / SCALE,
  size: RADII[things.sizes[at]],
  label: things.names[at],
  shape: SHAPES.indexOf(data.groups[things.groups[at]][2]),
  color: colours[data.groups[things.groups[at]][3]],
  zIndex: things.sizes[at],
});

function shownNode(id, attributes) {
  const at = Number(id);
  const { sel } = state;
  if (at === sel) return { ...attributes, size: Math.max(7, attributes.size * 1.5), forceLabel: true, zIndex: 9 };
  if (stands[at] === 2 || state.off.has(things.groups[at])) return { ...attributes, hidden: true };
  if (near.has(at)) return { ...attributes, size: attributes.size * 1.25, forceLabel: near.size < 40, zIndex: 8 };
  if (sel >= 0 || stands[at] === 1) return { ...attributes, color: colours.faint, label: "", zIndex: -1 };
  return attributes;
}

function shownEdge(id, attributes) {
  const own = attributes.own === state.sel;
  if ((state.sel >= 0 && !own) || !shownTie(Number(id))) return { ...attributes, hidden: true };
  return { ...attributes, color: own ? colours.chain : colours.faint, zIndex: own ? 1 : 0 };
}

// Draws what has been loaded; dots are put in by the thousand, with a breath between.
async function draw() {
  inked();
  net = new backstorySigma.Graph({ multi: true, type: "directed" });
  for (let at = 0; at < things.names.length; at += 1) {
    net.addNode(String(at), plain(at));
    if (at % 4000 === 3999) await new Promise(requestAnimationFrame);
  }
  sigma = new backstorySigma.Sigma(net, by("dots"), {
    defaultNodeType: "dot",
    nodeProgramClasses: { dot: programOf() },
    edgeProgramClasses: { thin: backstorySigma.EdgeLineProgram },
    defaultDrawNodeLabel: labelled,
    defaultDrawNodeHover: named,
    enableCameraRotation: false,
    hideEdgesOnMove: true,
    labelFont: FONT,
    labelSize: 13,
    labelColor: { color: colours.ink },
    labelDensity: 1.5,
    labelRenderedSizeThreshold: 4,
    minCameraRatio: 0.01,
    maxCameraRatio: 1.6,
    stagePadding: 16,
    zIndex: true,
    nodeReducer: shownNode,
    edgeReducer: shownEdge,
  });
  sigma.createCanvasContext("land", { beforeLayer: "edges" });
  sigma.resize(true);
  land = new Path2D(common.land);
  sigma.on("beforeRender", () => { boxes = []; });
  sigma.on("afterRender", outlines);
  sigma.on("clickNode", ({ node }) => update({ sel: Number(node) }, { push: true }));
  sigma.on("clickStage", () => update({ sel: -1 }, { push: true }));
  sigma.on("enterNode", () => { by("dots").classList.add("over"); });
  sigma.on("leaveNode", () => { by("dots").classList.remove("over"); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
}

function wide(context, text) {
  if (!widths.has(text)) widths.set(text, context.measureText(text).width);
  return widths.get(text);
}

// The name beside a dot, unless it would lie on another one.
function labelled(context, node, settings) {
  const below = things.y[Number(node.key)] > common.high * SCALE;
  if (!node.label || (below && Number(node.key) !== state.sel && (sigma?.getCamera().ratio ?? 1) > 0.5)) return;
  context.font = `${settings.labelSize}px ${FONT}`;
  const broad = wide(context, node.label);
  const fits = node.x + node.size + 3 + broad <= context.canvas.clientWidth;
  const left = fits ? node.x + node.size + 3 : node.x - node.size - 3 - broad;
  const box = [left, node.y - 9, left + broad, node.y + 7];
  if (boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
  boxes.push(box);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.strokeText(node.label, left, node.y + settings.labelSize / 3);
  context.fillStyle = colours.ink;
  context.fillText(node.label, left, node.y + settings.labelSize / 3);
}

// The name and kind of the dot that is pointed at, on an opaque ground.
function named(context, node, settings) {
  if (!node.label) return;
  const text = `${node.label} · ${common.kindNames[things.kinds[Number(node.key)]]}`;
  context.font = `600 ${settings.labelSize}px ${FONT}`;
  const broad = context.measureText(text).width + 10;
  const fits = node.x + node.size + 4 + broad <= context.canvas.clientWidth;
  const left = fits ? node.x + node.size + 4 : node.x - node.size - 4 - broad;
  context.fillStyle = colours.paper;
  context.strokeStyle = colours.edge;
  context.beginPath();
  context.rect(left, node.y - 12, broad, 24);
  context.fill();
  context.stroke();
  context.fillStyle = colours.ink;
  context.fillText(text, left + 5, node.y + settings.labelSize / 3);
}

// Lands and the headings of the rows below them, moved and scaled with the dots.
function outlines() {
  const context = sigma.getCanvases().land.getContext("2d");
  const [zero, one] = [sigma.graphToViewport({ x: 0, y: 0 }), sigma.graphToViewport({ x: 100, y: -100 })];
  const scale = (one.x - zero.x) / 100;
  const sharp = context.canvas.width / context.canvas.clientWidth;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(sharp * scale, 0, 0, sharp * scale, sharp * zero.x, sharp * zero.y);
  context.lineWidth = 1 / scale;
  context.strokeStyle = colours.rule;
  context.stroke(land);
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.fillStyle = colours.soft;
  context.font = `600 12px ${FONT}`;
  if (scale > 0.6) for (const [text, x, y] of common.headings) context.fillText(text, zero.x + x * scale, zero.y + y * scale);
}

function recolour() {
  inked();
  for (let at = 0; at < things.names.length; at += 1) net.setNodeAttribute(String(at), "color", plain(at).color);
  sigma.setSetting("labelColor", { color: colours.ink });
}

// The lines there are: all, or those of the thing chosen; which of them the day shows is told by `shownEdge`.
function lines(all) {
  net.clearEdges();
  const { sel } = state;
  const own = new Set(sel >= 0 ? tiesOf(sel) : []);
  for (const tie of all ? ties.from.keys() : own) {
    const mine = own.has(tie) ? sel : -1;
    net.addEdgeWithKey(String(tie), String(ties.from[tie]), String(ties.to[tie]), { size: 1, own: mine, type: mine < 0 ? "thin" : "line" });
  }
}

// Looks at a dot from near enough to tell it from its neighbours.
function lookAt(shown) {
  const target = { x: shown.x, y: shown.y, ratio: Math.min(sigma.getCamera().getState().ratio, 0.25) };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) sigma.getCamera().setState(target);
  else sigma.getCamera().animate(target, { duration: 400 });
}
