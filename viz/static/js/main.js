// Start: read the address, show the controls, swap the poster for the canvas, follow Back.

// In a frame: the picture, and a line that says whose it is and leads to the whole page.
function startEmbed() {
  document.documentElement.classList.add("embedded");
  const count = document.querySelectorAll(".sources > li").length;
  const line = make("p", `${count} source${count === 1 ? "" : "s"}, each on `, { class: "credit soft" });
  const link = make("a", "the whole page at Backstory", { href: location.pathname, target: "_blank", rel: "noopener" });
  link.addEventListener("click", () => { link.href = location.pathname + location.hash; });
  line.append(link);
  byId("main").append(line);
}

state = fromHash(location.hash);
document.documentElement.classList.add("scripted");
if (new URLSearchParams(location.search).get("embed") === "1") startEmbed();
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
  headings: () => headings().map((note) => note[2]),
  ready: drawn,
  csv, jsonLd, copyOf, embedCode, update,
  get network() { return net; },
};
