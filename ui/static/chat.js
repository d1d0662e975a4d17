// Two comforts for the chat, which works without them; nothing here sends anything.
// Gradio labels each message with its raw HTML, which a screen reader would read out: the text itself is enough.
// Where the whole page scrolls, as on a phone, the latest question is brought to the top so that its answer is in view.
"use strict";

const wholePageScrolls = matchMedia("(max-width: 60rem)");
let nAsked = 0;

function unlabel() {
  for (const message of document.querySelectorAll("[data-testid=bot][aria-label], [data-testid=user][aria-label]")) {
    message.removeAttribute("aria-label");
  }
}

function follow() {
  const questions = document.querySelectorAll("#talk .user-row");
  if (questions.length > nAsked && wholePageScrolls.matches) questions[questions.length - 1].scrollIntoView();
  nAsked = questions.length;
}

new MutationObserver(() => {
  unlabel();
  follow();
}).observe(document, { subtree: true, childList: true });
