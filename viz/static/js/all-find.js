// Finding a thing by name, and the panel of the one that is chosen.

const HITS = 12;
const TIES = 60;
let folded = null;

// The best things for some words: whole names first, then beginnings of words; the most joined first.
function found(text) {
  folded ??= things.names.map((name) => ` ${wordsOf(name).join(" ")} `);
  for (const words of [wordsOf(text), wordsOf(text).map(latin)]) {
    if (!words.length) return [];
    const exact = ` ${words.join(" ")} `;
    const [same, begins, holds] = [[], [], []];
    for (let at = 0; at < folded.length && same.length + begins.length < HITS; at += 1) {
      const name = folded[at];
      if (name === exact) same.push(at);
      else if (name.startsWith(exact.trimEnd())) begins.push(at);
      else if (holds.length < HITS && words.every((word) => name.includes(` ${word}`))) holds.push(at);
    }
    const all = [...same, ...begins, ...holds].slice(0, HITS);
    if (all.length) return all;
  }
  return [];
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function button(at, extra = "") {
  const one = document.createElement("button");
  one.type = "button";
  const name = document.createElement("bdi");
  name.textContent = things.names[at];
  one.append(name);
  if (extra) {
    const kind = document.createElement("span");
    kind.className = "soft";
    kind.textContent = ` ${extra}`;
    one.append(kind);
  }
  one.addEventListener("click", () => update({ sel: at }, { push: true, focus: true }));
  return one;
}

function item(...content) {
  const row = document.createElement("li");
  row.append(...content);
  return row;
}

function showHits() {
  const hits = found(by("find").value);
  by("hits").replaceChildren(...hits.map((at) => item(button(at, common.kindNames[things.kinds[at]]))));
  const asked = by("find").value.trim();
  by("status").textContent = !asked ? "" : hits.length ? `${hits.length === HITS ? "The first " : ""}${hits.length} found` : "Nothing has that name";
}

// The panel of the thing chosen: what joins it to others on the day, what is over last.
function tell(at) {
  by("chosen").hidden = at < 0;
  if (at < 0) return;
  const relations = relationsOf(at);
  by("chosen-title").replaceChildren(Object.assign(document.createElement("bdi"), { textContent: things.names[at] }));
  by("chosen-kind").textContent = capital(common.kindNames[things.kinds[at]]);
  const link = Object.assign(document.createElement("a"), { href: pageOf(at), textContent: "Its page, with dates and sources" });
  by("chosen-page").replaceChildren(link);
  by("chosen-ties").replaceChildren(
    ...relations.slice(0, TIES).map(({ label, other, over }) => item(`${label} `, button(other, over ? "over" : ""))),
  );
  by("chosen-more").textContent = relations.length > TIES ? `and ${relations.length - TIES} more, on its page`
    : relations.length ? "" : `Nothing joins it to anything on ${inWords(state.at)}`;
}
