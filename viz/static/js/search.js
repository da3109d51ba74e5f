// Search without a server: one small file for the first letters of a word, fetched when it is typed.
// Files are scripts that call backstoryShard, because pages on file:// may not fetch.

const box = document.getElementById("search");
const list = document.getElementById("results");
const note = document.getElementById("status");
const shards = new Map();
const root = box.dataset.root;
let known = null;
const MOST = 40;

window.backstoryShard = (name, rows) => {
  shards.set(name, rows.map(([words, id, label, kind, rank]) => ({ words, id, label, kind, rank })));
  show();
};
window.backstoryShards = (names) => { known = new Set(names); show(); };

function load(name) {
  // Which files there are is told first; what is shown then asks for its own.
  if (shards.has(name) || (name !== "shards" && !known?.has(name))) return;
  shards.set(name, []);
  const script = document.createElement("script");
  script.src = `${root}search/${name}.js`;
  document.head.append(script);
}

const plain = (c) => /[a-z0-9]/.test(c);

function shardOf(word) {
  const [head, second] = [...word];
  const code = head.codePointAt(0);
  if (!plain(head)) return `u${(code >> (code >= 0x2e80 ? 8 : 4)).toString(16)}`;
  return second ? head + (plain(second) ? second : "-") : head;
}

function score(row, words) {
  let total = 0;
  for (const word of words) {
    const at = row.words.indexOf(` ${word}`);
    if (at < 0) return -1;
    total += at === 0 ? 3 : 1;
    if (row.words[at + 1 + word.length] === " ") total += 2;
  }
  return total + Math.log10(1 + row.rank);
}

// Whether two words differ by one letter put in, left out, changed, or swapped with the next.
function nearly(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rest = [a.slice(at), b.slice(at)];
  return rest[0].slice(1) === rest[1].slice(1) || rest[0].slice(1) === rest[1] || rest[0] === rest[1].slice(1)
    || (rest[0][0] === rest[1][1] && rest[0][1] === rest[1][0] && rest[0].slice(2) === rest[1].slice(2));
}

function nearMiss(row, words) {
  const own = row.words.trim().split(" ");
  const hits = words.filter((word) => own.some((o) => o === word || (word.length > 3 && nearly(o, word))));
  return hits.length === words.length ? Math.log10(1 + row.rank) : -1;
}

function best(rows, words, rate) {
  const found = new Map();
  for (const row of rows) {
    const value = rate(row, words);
    if (value >= 0 && value > (found.get(row.id)?.value ?? -1)) found.set(row.id, { row, value });
  }
  return [...found.values()].sort((a, b) => b.value - a.value || (a.row.label < b.row.label ? -1 : 1));
}

function find(text) {
  const words = wordsOf(text);
  for (const tried of [words, words.map(latin)]) {
    if (!tried.length) continue;
    const longest = [...tried].sort((a, b) => b.length - a.length)[0];
    const rows = shards.get(shardOf(longest)) || [];
    const found = best(rows, tried, score);
    if (found.length) return { found, guessed: false };
    const guesses = best(rows, tried, nearMiss);
    if (guesses.length) return { found: guesses, guessed: true };
  }
  return { found: [], guessed: false };
}

function show() {
  const words = wordsOf(box.value);
  if (!words.length) { list.replaceChildren(); note.textContent = ""; return; }
  for (const tried of [words, words.map(latin)]) load(shardOf([...tried].sort((a, b) => b.length - a.length)[0]));
  const started = performance.now();
  const { found, guessed } = find(box.value);
  list.dataset.took = String(performance.now() - started);
  list.replaceChildren(...found.slice(0, MOST).map(({ row }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${root}${row.id}/index.html`;
    const name = document.createElement("bdi");
    name.textContent = row.label;
    link.append(name);
    const kind = document.createElement("span");
    kind.className = "soft";
    kind.textContent = ` ${row.kind}`;
    item.append(link, kind);
    return item;
  }));
  note.textContent = found.length ? `${guessed ? "Did you mean one of these? " : ""}${found.length} found` : "Nothing has that name";
}

box.addEventListener("input", () => { load("shards"); show(); });
box.form?.addEventListener("submit", (event) => {
  const first = list.querySelector("a");
  if (!first) return;
  event.preventDefault();
  location.href = first.href;
});
const asked = new URLSearchParams(location.search).get("q");
if (asked) { box.value = asked; load("shards"); show(); }
