// Comforts for the chat, which works without them; nothing here sends anything: it asks our own server what is new.
// Gradio labels each message with its raw HTML, which a screen reader would read out: the text itself is enough.
// When the folder has changed, the line that says what is read is brought up to date, and a sentence beside it says so.
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

const EVERY_MS = 3000;
let seen = null;

async function askForNews() {
  if (document.hidden) return;
  let news;
  try {
    news = await (await fetch("/updates")).json();
  } catch {
    return; // the server has stopped
  }
  const line = document.querySelector("#masthead .reading");
  const reading = line?.querySelector(".corpus");
  if (!reading) return;
  if (reading.textContent !== news.reading) reading.textContent = news.reading;
  if (seen !== null && news.number !== seen) {
    let said = line.querySelector("[role=status]");
    if (!said) {
      said = document.createElement("span");
      said.setAttribute("role", "status");
      line.append(" ", said);
    }
    said.textContent = news.sentence;
  }
  seen = news.number;
}

setInterval(askForNews, EVERY_MS);
