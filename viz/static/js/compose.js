// The opening of a page with its sources, as text, Markdown or HTML, composed from what the page shows.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (c) => ESCAPES[c]);
const marked = (text) => text.replace(/[\\`*_[\]<>]/g, "\\$&");

// The sentences in order, each with the sources that stand beside it and how many more there are.
function opening() {
  const found = [];
  for (const part of document.querySelector(".lede .standfirst").children) {
    if (part.localName === "bdi") found.push({ text: part.textContent, sources: [], more: 0 });
    else if (found.length && part.classList.contains("refs")) {
      found.at(-1).sources = [...part.querySelectorAll("a.ref")].map((a) => a.getAttribute("href").slice(1));
      found.at(-1).more = Number(part.querySelector("span.ref")?.textContent || 0);
    }
  }
  return found;
}

// A source as the list names it: what it is called, by whom and when, and its address.
function reference(id) {
  const entry = document.getElementById(id);
  const by = entry.querySelector(".by")?.textContent || "";
  return { title: entry.querySelector("cite").textContent, by: by && ` ${by}.`, url: entry.querySelector("cite a")?.href || "" };
}

const WAYS = {
  text: {
    mark: (numbers, more) => ` [${numbers.join(", ")}${more ? ` and ${more} more` : ""}]`,
    source: (n, { title, by, url }) => `[${n}] ${title}.${by} ${url}`.trimEnd(),
    whole: (body, sources, foot) => [body, "", ...sources, "", foot, ""].join("\n"),
    plain: (text) => text,
  },
  markdown: {
    mark: (numbers) => numbers.map((n) => `[^${n}]`).join(""),
    source: (n, { title, by, url }) => `[^${n}]: ${url ? `[${marked(title)}](${url})` : marked(title)}.${marked(by)}`,
    whole: (body, sources, foot) => [body, "", ...sources, "", `*${foot}*`, ""].join("\n"),
    plain: marked,
  },
  html: {
    mark: (numbers) => numbers.map((n) => `<sup><a href="#source-${n}">${n}</a></sup>`).join(""),
    source: (n, { title, by, url }) => {
      const name = `<bdi>${escaped(title)}</bdi>`;
      return `<li id="source-${n}">${url ? `<a href="${escaped(url)}" rel="noopener noreferrer nofollow">${name}</a>` : name}.${escaped(by)}</li>`;
    },
    whole: (body, sources, foot) => `<p>${body}</p>\n<ol>${sources.join("")}</ol>\n<p><small>${foot}</small></p>\n`,
    plain: escaped,
  },
};

function composed(kind) {
  const way = WAYS[kind];
  const box = document.querySelector("[data-asof]").dataset;
  const numbers = new Map();
  const body = opening().map(({ text, sources, more }, at) => {
    for (const id of sources) if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    const mark = sources.length ? way.mark(sources.map((id) => numbers.get(id)), more) : "";
    return way.plain(at ? text : `${box.lead}${text}`) + mark;
  });
  const list = [...numbers].map(([id, n]) => way.source(n, reference(id)));
  const address = document.querySelector("link[rel=canonical]")?.href || location.href.replace(/#.*/, "");
  return way.whole(body.join(" "), list, way.plain(`Backstory, as of ${box.asof}${box.standing}: `) + (kind === "html" ? escaped(address) : address));
}

// Copies, and says so on the button and to screen readers.
async function toClipboard(button, text, done) {
  const status = document.getElementById("status");
  const name = button.dataset.name ??= button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = done;
    button.textContent = "Copied";
  } catch {
    status.textContent = "This browser does not let pages copy; select the text instead";
    button.textContent = "Not allowed to copy";
  }
  setTimeout(() => { button.textContent = name; }, 2000);
}
