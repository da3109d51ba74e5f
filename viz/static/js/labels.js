// Labels on the canvas: step numbers in their diamonds, names where the build put them, and the name
// of whatever is pointed at or chosen. They stand exactly where the build found room for them.

const FONT = 'Archivo, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';

function drawLabels(ctx) {
  const light = lit(state);
  const near = new Set([hover, state.sel]);
  if (light && light.size < 14) for (const id of light) near.add(id);
  ctx.lineJoin = "round";
  for (const note of headings()) drawNote(ctx, note);
  for (const n of data.nodes) {
    const p = place(n);
    const drawn = net.body.nodes[n.id];
    if (!p || !drawn || drawn.options.hidden) continue;
    const dim = light && !light.has(n.id);
    if (n.step) number(ctx, n, p);
    if (!p.hidden || near.has(n.id)) label(ctx, p, dim && !near.has(n.id));
  }
  for (const e of data.edges) if (e.contested && drawnEdge(e, state)) versus(ctx, e);
}

// The headings of the present form, each with the things below it in its column, down to the next heading.
const columns = {};
function headed() {
  return columns[form] ??= (page.notes?.[form] || []).map((note, at, all) => {
    const [x, y, , anchor] = note;
    const near = (other, side) => Math.abs(other - x) < 60 && side === (anchor === "end" ? "left" : "right");
    const next = Math.min(Infinity, ...all.filter((n) => n[1] > y && n[3] === anchor && Math.abs(n[0] - x) < 60).map((n) => n[1]));
    const within = (p) => p && p.side && near(p.x, p.side) && p.y > y - 6 && p.y < next;
    return [note, data.nodes.filter((n) => within(place(n)))];
  });
}

// Those that head something now.
const headings = () => headed().filter(([, under]) => under.some((n) => !net.body.nodes[n.id].options.hidden)).map(([note]) => note);

// Where the label of a place stands: the same rule as Place.label in viz/layout.py.
function boxOf(p) {
  const away = p.r + 6 + (p.lead || 0);
  const high = 16 * (p.lines.length + (p.head ? 1 : 0));
  const across = p.side === "left" || p.side === "right";
  const x = p.x + (p.side === "right" ? away : p.side === "left" ? -away : 0);
  const left = across ? (p.side === "left" ? x - p.w : x) : x - p.w / 2;
  const top = across ? p.y - high / 2 : p.side === "below" ? p.y + away : p.y - away - high;
  return { x, top, left, right: left + p.w, bottom: top + high };
}

function drawNote(ctx, [x, y, text, anchor]) {
  ctx.font = `600 12px ${FONT}`;
  ctx.textAlign = { start: "left", end: "right", middle: "center" }[anchor];
  ctx.textBaseline = "alphabetic";
  const wide = ctx.measureText(text).width;
  const left = { left: x, right: x - wide, center: x - wide / 2 }[ctx.textAlign];
  ctx.fillStyle = colours.paper;
  ctx.fillRect(left - 3, y - 12, wide + 6, 16);
  ctx.fillStyle = colours.soft;
  ctx.fillText(text, x, y);
}

function number(ctx, n, p) {
  ctx.globalAlpha = 1;
  ctx.font = `600 12px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = n.exists[0] > state.at ? colours.chain : colours.paper;
  ctx.fillText(String(n.step), p.x, p.y + 4);
}

// The ground is opaque, so that a line passing a label goes behind it.
function label(ctx, p, dim) {
  const { x, top, left, right, bottom } = boxOf(p);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(left, top, right - left, bottom - top);
  ctx.globalAlpha = dim ? 0.35 : 1;
  ctx.textAlign = { above: "center", below: "center", left: "right", right: "left" }[p.side];
  ctx.textBaseline = "alphabetic";
  const rows = p.head ? [p.head, ...p.lines] : p.lines;
  rows.forEach((text, at) => {
    const head = p.head && at === 0;
    ctx.font = `${head || p.strong ? "600 " : ""}13px ${FONT}`;
    ctx.fillStyle = head ? colours.chain : colours.ink;
    ctx.fillText(text, x, top + 16 * (at + 0.76));
  });
  ctx.globalAlpha = 1;
}

function versus(ctx, e) {
  const drawn = net.body.edges[e.id];
  if (!drawn || !drawn.connected) return;
  const point = drawn.edgeType.getPoint(e.mark[form] || 0.5);
  ctx.font = `600 13px ${FONT}`;
  ctx.textAlign = "center";
  ctx.strokeStyle = colours.paper;
  ctx.lineWidth = 4;
  ctx.fillStyle = colours.ink;
  ctx.strokeText("≠", point.x, point.y + 4);
  ctx.fillText("≠", point.x, point.y + 4);
}
