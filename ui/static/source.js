// Copies the link to a paragraph. The page reads whole and links work without it; it sends nothing.
"use strict";

const status = document.querySelector(".said");
const copied = document.querySelector("article").dataset.copied;

async function copyLink(button) {
  const link = `${location.origin}${location.pathname}#${button.dataset.link}`;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    location.hash = button.dataset.link; // no clipboard: the address bar now holds the link
    return;
  }
  const label = button.textContent;
  button.textContent = copied;
  status.textContent = copied;
  setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, 1600);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy");
  if (button) copyLink(button);
});
