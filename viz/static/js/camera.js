// What part of the picture is seen: all of it at first, closer on request, never out of reach.

const least = () => Math.min(1.3, holder.clientWidth / page.sizes[form][0]);

function fit(animated) {
  const [width, height] = page.sizes[form];
  const room = holder.clientWidth;
  if (!room) return; // not laid out now, as in print
  const scale = least();
  const high = Math.round(height * scale);
  if (holder.clientHeight !== high || net.canvas.frame.clientWidth !== room) {
    holder.style.height = `${high}px`;
    net.setSize(`${room}px`, `${high}px`);
  }
  move({ position: { x: width / 2, y: height / 2 }, scale }, animated);
}

// A finger scrolls the page until the picture is enlarged; then it moves the picture.
function move(view, animated) {
  const close = view.scale > least() * 1.001;
  holder.classList.toggle("close", close);
  net.setOptions({ interaction: { dragView: close || !coarse.matches } });
  const animation = animated && !reduced.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  net.moveTo({ ...view, animation });
}

function zoom(factor) {
  const low = least();
  const scale = Math.min(4, Math.max(low, net.getScale() * factor));
  if (scale <= low * 1.001) fit(true);
  else move({ position: net.getViewPosition(), scale }, true);
}

// When zoomed in, bring the chosen thing to the middle; at full view everything is visible already.
function keepInView(s) {
  if (net.getScale() <= least() * 1.001) return;
  const id = s.sel || (s.step ? steps[s.step - 1].id : "");
  const n = nodes.get(id) || (edges.has(id) ? nodes.get(edges.get(id).from) : null);
  if (n && place(n)) move({ position: { x: place(n).x, y: place(n).y }, scale: net.getScale() }, true);
}

function followSize() {
  let width = holder.clientWidth;
  new ResizeObserver(() => {
    const now = holder.parentElement.clientWidth;
    if (now === width || !now) return;
    width = now;
    const wanted = formFor(now);
    if (wanted !== form) { form = wanted; redraw(state); }
    fit(false);
  }).observe(holder.parentElement);
}
