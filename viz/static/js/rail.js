// The chain as a list: each step opens in place; stepping moves the date and lights the stage.

const rail = [...document.querySelectorAll("#chain details[data-step]")];

function startRail() {
  for (const item of rail) {
    const number = Number(item.dataset.step);
    item.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      goToStep(state.step === number && item.open ? 0 : number);
    });
  }
  byId("previous")?.addEventListener("click", () => goToStep(Math.max(0, state.step - 1)));
  byId("next")?.addEventListener("click", () => goToStep(Math.min(steps.length, state.step + 1)));
  for (const link of document.querySelectorAll("[data-choose]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); choose(link.dataset.choose); });
  }
  watch(drawRail);
  drawRail(state, initial());
}

function goToStep(number) {
  update({ step: number, sel: "", at: number ? clamp(page.days[number - 1]) : page.last }, { push: true });
}

function drawRail(s, before) {
  for (const item of rail) {
    const here = Number(item.dataset.step) === s.step;
    item.open = here;
    const summary = item.querySelector("summary");
    if (here) summary.setAttribute("aria-current", "step");
    else summary.removeAttribute("aria-current");
    item.classList.toggle("later", dayOf(item.dataset.day) > s.at);
  }
  if (!byId("previous")) return;
  byId("previous").disabled = s.step === 0;
  byId("next").disabled = s.step === steps.length;
  byId("where").textContent = s.step ? `Step ${s.step} of ${steps.length}` : `${steps.length} steps`;
  if (s.step && s.step !== before.step) {
    const n = steps[s.step - 1];
    announce(`Step ${s.step} of ${steps.length}: ${n.date}, ${n.label}`);
  }
}
