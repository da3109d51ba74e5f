// The state of a page as the part of its address behind the #.

// `push` makes a new entry, so Back undoes it; otherwise the present entry is replaced.
function putHash(hash, push) {
  if (hash === location.hash.replace(/^#/, "")) return;
  const url = hash ? `#${hash}` : location.pathname + location.search;
  try {
    history[push ? "pushState" : "replaceState"](null, "", url);
  } catch {
    location.hash = hash;
  }
}
