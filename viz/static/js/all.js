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

function show(id) {
  for (const other of ["offer", "cannot", "loading", "allboard"]) by(other).hidden = other !== id;
}

async function start() {
  stopped = false;
  show("loading");
  const told = (n) => {
    by("bar").value = n;
    by("progress").textContent = `Loading part ${n + 1} of ${data.parts}`;
    by("status").textContent = by("progress").textContent;
  };
  try {
    if (!(await load(told, () => stopped))) {
      show("offer");
      by("draw").focus();
      by("status").textContent = "Cancelled";
      return;
    }
    by("progress").textContent = `Drawing ${data.things.toLocaleString("en")} things`;
    show("allboard");
    await draw();
  } catch (error) {
    console.error(error);
    show("cannot");
    by("cannot").prepend(`${error.message[0].toUpperCase()}${error.message.slice(1)}. `);
    return;
  }
  by("everything").dataset.drawn = String(things.names.length);
  by("status").textContent = `${data.things.toLocaleString("en")} things are drawn`;
  const asked = things.pages.indexOf(decodeURIComponent(location.hash.slice(1)));
  if (asked >= 0) choose(asked, true);
  else by("find").focus({ preventScroll: true });
}

function moved(across, down) {
  const camera = sigma.getCamera();
  const { x, y, ratio } = camera.getState();
  camera.setState({ x: x + across * ratio * 0.1, y: y + down * ratio * 0.1 });
}

const zoomed = (factor) => {
  const camera = sigma.getCamera();
  const { ratio } = camera.getState();
  camera.setState({ ratio: camera.getBoundedRatio(ratio * factor) });
};
const KEYS = {
  ArrowLeft: () => moved(-1, 0), ArrowRight: () => moved(1, 0), ArrowUp: () => moved(0, 1), ArrowDown: () => moved(0, -1),
  "+": () => zoomed(1 / 1.5), "=": () => zoomed(1 / 1.5), "-": () => zoomed(1.5), Escape: () => choose(-1),
};

by("draw").addEventListener("click", start);
by("cancel").addEventListener("click", () => { stopped = true; });
by("find").addEventListener("input", showHits);
by("find").addEventListener("keydown", (event) => {
  if (event.key === "Enter") by("hits").querySelector("button")?.click();
});
by("unchoose").addEventListener("click", () => { choose(-1); by("find").focus(); });
by("lines").addEventListener("change", () => { lines(by("lines").checked); refresh(); });
by("closer").addEventListener("click", () => zoomed(1 / 1.5));
by("farther").addEventListener("click", () => zoomed(1.5));
by("whole").addEventListener("click", () => sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 }));
by("dots").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});
by("kinds").addEventListener("change", (event) => {
  const group = data.groups.findIndex((g) => g[0] === event.target.value);
  if (event.target.checked) hidden.delete(group);
  else hidden.add(group);
  refresh();
});

const can = support();
if (can === "graphics" || (can === "software" && new URLSearchParams(location.search).has("software"))) show("offer");
else by("cannot").prepend(`${WHY[can]} `);
