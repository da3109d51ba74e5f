// Only in `backstory site serve`: asks once a second which build is shown, and loads the page again after the next.
"use strict";
{
  let shown = "";
  window.backstoryBuild = (build) => {
    if (shown && build && build !== shown) location.reload();
    shown = build || shown;
  };
  const ask = () => {
    const script = document.createElement("script");
    script.src = `/_live/version.js?${Date.now()}`;
    script.onload = script.onerror = () => { script.remove(); setTimeout(ask, 1000); };
    document.head.append(script);
  };
  ask();
}
