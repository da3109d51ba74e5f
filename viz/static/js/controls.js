// The day, the filters and finding a name.

function startControls() {
  const slider = byId("slider");
  const box = byId("day");
  slider.addEventListener("input", () => update({ at: clamp(Number(slider.value)), step: 0 }));
  slider.addEventListener("change", () => announce(countWords(state)));
  box.addEventListener("change", () => {
    const day = dayOf(box.value);
    if (day !== null) { update({ at: clamp(day), step: 0 }, { push: true }); announce(countWords(state)); }
    else box.value = isoOf(state.at);
  });
  for (const check of document.querySelectorAll("input[data-group]")) {
    check.addEventListener("change", () => toggle("off", check.dataset.group, check.checked));
  }
  for (const check of document.querySelectorAll("input[data-relation]")) {
    check.addEventListener("change", () => toggle("rel", check.dataset.relation, check.checked));
  }
  byId("ended").addEventListener("change", (event) => update({ ended: event.target.checked }));
  startFind();
  for (const [id, act] of [["zoom-in", () => zoom(1.4)], ["zoom-out", () => zoom(1 / 1.4)], ["zoom-fit", () => fit(true)]]) {
    byId(id).addEventListener("click", () => drawn().then(act));
  }
  byId("more")?.addEventListener("click", () => {
    update({ more: !state.more, at: page.last, ended: false }, { push: true });
    announce(countWords(state));
  });
  byId("reset").addEventListener("click", () => { update(initial(), { push: true }); drawn().then(() => fit(true)); });
  watch(drawControls);
  drawControls(state);
}

function toggle(set, name, on) {
  const next = new Set(state[set]);
  if (on) next.delete(name);
  else next.add(name);
  update({ [set]: next });
  announce(countWords(state));
}

const countWords = (s) => `${inWords(s.at)}: ${data.edges.filter((e) => shownEdge(e, s)).length} of ${data.edges.length} relations`;

function drawControls(s) {
  const slider = byId("slider");
  slider.value = String(s.at);
  slider.setAttribute("aria-valuetext", inWords(s.at));
  byId("day").value = isoOf(s.at);
  byId("as-of").textContent = inWords(s.at);
  byId("shown").textContent = `${data.edges.filter((e) => shownEdge(e, s)).length} of ${data.edges.length} relations`;
  for (const check of document.querySelectorAll("input[data-group]")) check.checked = !s.off.has(check.dataset.group);
  for (const check of document.querySelectorAll("input[data-relation]")) check.checked = !s.rel.has(check.dataset.relation);
  byId("ended").checked = s.ended;
  if (byId("more")) byId("more").textContent = s.more ? "Show fewer" : byId("more").dataset.name;
}

function startFind() {
  const list = byId("names");
  const names = new Map();
  for (const n of data.nodes) {
    for (const text of [n.label, ...(n.aliases || [])]) if (!names.has(text)) names.set(text, n.id);
  }
  for (const text of names.keys()) list.append(make("option", "", { value: text }));
  const lower = new Map([...names].map(([text, id]) => [text.toLocaleLowerCase("en"), id]));
  const box = byId("find");
  const look = (loose) => {
    const text = box.value.trim().toLocaleLowerCase("en");
    if (!text) return;
    const id = lower.get(text) || (loose && [...lower].find(([name]) => name.includes(text))?.[1]);
    if (id) { choose(id); announce(`${nodes.get(id).label} selected`); }
    else if (loose) announce("Nothing on this page has that name");
  };
  box.addEventListener("change", () => look(true));
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); look(true); } });
}
