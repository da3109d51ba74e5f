// Pages without a picture: their opening can be copied with its sources.

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => toClipboard(button, composed(button.dataset.copy), "Copied with its sources"));
}
