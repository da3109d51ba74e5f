// Start: read the address, show the controls, swap the poster for the canvas, follow Back.

state = fromHash(location.hash);
document.documentElement.classList.add("scripted");
if (new URLSearchParams(location.search).get("embed") === "1") document.documentElement.classList.add("embedded");
for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
holder.hidden = false;
startStage();
startKeys();
startRail();
startPanel();
startTable();
startControls();
startFiles();
addEventListener("popstate", followUrl);
addEventListener("hashchange", followUrl);
addEventListener("beforeprint", () => rail.forEach((item) => { item.open = true; }));
addEventListener("afterprint", () => drawRail(state, state));
// For tests and for readers at the console: what is drawn now.
window.backstory = {
  get state() { return { ...state, off: [...state.off], rel: [...state.rel], at: isoOf(state.at) }; },
  shown: () => [...shownIds()].sort(),
  drawn: () => data.edges.filter((e) => !net.body.edges[e.id].options.hidden).map((e) => e.id).sort(),
  ready: drawn,
  csv, jsonLd, copyOf, update,
  get network() { return net; },
};
