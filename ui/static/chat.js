// Gradio labels each message with its raw HTML, which a screen reader would read out; the text itself is enough.
// The chat works without this script, and the script sends nothing.
"use strict";

function unlabel(root) {
  for (const message of root.querySelectorAll("[data-testid=bot][aria-label], [data-testid=user][aria-label]")) {
    message.removeAttribute("aria-label");
  }
}

new MutationObserver(() => unlabel(document)).observe(document, { subtree: true, childList: true });
unlabel(document);
