// Everything at once: offered where a graphics card draws it, loaded when asked for, told as it goes.

// "graphics", "software" (drawn by the processor: too slow for this), or "none".
function support() {
  for (const strict of [true, false]) {
    const canvas = document.createElement("canvas");
    const gl = canvas.getContext("webgl2", { failIfMajorPerformanceCaveat: strict });
    if (!gl) continue;
    const info = gl.getExtension("WEBGL_debug_renderer_info");
    const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return strict && !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name) ? "graphics" : "software";
  }
  return "none";
}

const WHY = {
  software: "This browser draws without a graphics card, which is too slow for all of it at once.",
  none: "This browser cannot draw with WebGL.",
};
let stopped = false;

function only(id) {
  for (const other of ["offer", "cannot", "loading", "allboard"]) by(other).hidden = other !== id;
}

// Brings picture, panel and controls to the present state. Lines are put in anew only for another thing.
function show(before, focus) {
  const { at, sel } = state;
  const other = sel !== before.sel;
  const place = other && focus && sel >= 0 ? sigma.getNodeDisplayData(String(sel)) : null; // before it is computed anew
  const { x, y } = place || {};
  const shown = stood();
  near = new Set(sel < 0 ? [] : relationsOf(sel).map((r) => r.other));
  if (other) lines(by("lines").checked);
  sigma.refresh();
  if (other || sel >= 0) tell(sel);
  if (other) by("hits").replaceChildren();
  by("slider").value = String(Number(isoOf(at).slice(0, -6)));
  by("slider").setAttribute("aria-valuetext", inWords(at));
  by("day").value = isoOf(at);
  by("ended").checked = state.ended;
  for (const check of by("kinds").querySelectorAll("input")) check.checked = !state.off.has(groupOf(check.value));
  by("shown").textContent = `${shown.toLocaleString("en")} of ${ties.from.length.toLocaleString("en")} relations`;
  announce(other && sel >= 0 ? `${things.names[sel]}: ${relationsOf(sel).length} relations` : `${inWords(at)}: ${by("shown").textContent}`);
  if (place) {
    by("chosen-title").focus({ preventScroll: true });
    lookAt({ x, y });
  }
}

async function start() {
  stopped = false;
  only("loading");
  const told = (n) => {
    by("bar").value = n;
    by("progress").textContent = `Loading part ${n + 1} of ${data.parts}`;
    by("status").textContent = by("progress").textContent;
  };
  try {
    if (!(await load(told, () => stopped))) {
      only("offer");
      by("draw").focus();
      by("status").textContent = "Cancelled";
      return;
    }
    by("progress").textContent = `Drawing ${data.things.toLocaleString("en")} things`;
    only("allboard");
    await draw();
  } catch (error) {
    console.error(error);
    only("cannot");
    by("cannot").prepend(`${error.message[0].toUpperCase()}${error.message.slice(1)}. `);
    return;
  }
  by("everything").dataset.drawn = String(things.names.length);
  state = fromHash(location.hash);
  show(initial(), true);
  by("status").textContent = `${data.things.toLocaleString("en")} things are drawn`;
  // The button that was pressed is gone: its place has the picture, not a box that opens a phone's keyboard.
  if (state.sel < 0 && document.activeElement === document.body) by("dots").focus({ preventScroll: true });
}

function moved(across, down) {
  const camera = sigma.getCamera();
  const { x, y, ratio } = camera.getState();
  camera.setState({ x: x + across * ratio * 0.1, y: y + down * ratio * 0.1 });
}

const groupOf = (name) => data.groups.findIndex((g) => g[0] === name);
const zoomed = (factor) => {
  const camera = sigma.getCamera();
  const { ratio } = camera.getState();
  camera.setState({ ratio: camera.getBoundedRatio(ratio * factor) });
};
const KEYS = {
  ArrowLeft: () => moved(-1, 0), ArrowRight: () => moved(1, 0), ArrowUp: () => moved(0, 1), ArrowDown: () => moved(0, -1),
  "+": () => zoomed(1 / 1.5), "=": () => zoomed(1 / 1.5), "-": () => zoomed(1.5), Escape: () => update({ sel: -1 }, { push: true }),
};

by("draw").addEventListener("click", start);
by("cancel").addEventListener("click", () => { stopped = true; });
by("find").addEventListener("input", showHits);
by("find").addEventListener("keydown", (event) => {
  if (event.key === "Enter") by("hits").querySelector("button")?.click();
});
by("unchoose").addEventListener("click", () => { update({ sel: -1 }, { push: true }); by("find").focus(); });
by("lines").addEventListener("change", () => { lines(by("lines").checked); sigma.refresh(); });
// A year on the slider is its last day, the last year the last day there is.
by("slider").addEventListener("input", () => update({ at: clamp(dayOf(`${by("slider").value.padStart(4, "0")}-12-31`)) }));
by("day").addEventListener("change", () => {
  const day = dayOf(by("day").value);
  if (day === null) by("day").value = isoOf(state.at);
  else update({ at: clamp(day) }, { push: true });
});
by("ended").addEventListener("change", () => update({ ended: by("ended").checked }));
addEventListener("popstate", followUrl);
by("closer").addEventListener("click", () => zoomed(1 / 1.5));
by("farther").addEventListener("click", () => zoomed(1.5));
by("whole").addEventListener("click", () => sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 }));
by("dots").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});
by("kinds").addEventListener("change", (event) => {
  const off = new Set(state.off);
  if (event.target.checked) off.delete(groupOf(event.target.value));
  else off.add(groupOf(event.target.value));
  update({ off });
});

const can = support();
if (can === "graphics" || (can === "software" && new URLSearchParams(location.search).has("software"))) only("offer");
else by("cannot").prepend(`${WHY[can]} `);
