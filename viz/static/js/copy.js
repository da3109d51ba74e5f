// Pages without a picture: their opening can be copied with its sources, and references to articles as they stand.

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => toClipboard(button, composed(button.dataset.copy), "Copied with its sources"));
}
for (const button of document.querySelectorAll("[data-cite]")) {
  const cited = document.getElementById(button.dataset.cite);
  button.addEventListener("click", () => toClipboard(button, cited.textContent, "Copied"));
}
