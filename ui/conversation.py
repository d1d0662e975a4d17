"""Owns what happens when a question is asked in the chat: what is shown, in which order, and what a failure gives back.

The conversation lives in the page alone: it comes with each question and leaves with each view. It does not own the
components that show a view (`ui.chat`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant import Assistant, PilcrowError
from ui import render
from ui.errors import UiError
from ui.strings import say
from ui.warmth import Warmth

Talk = list[dict[str, Any]]
"""The conversation as the page holds it: chat messages whose content is HTML that `ui.render` made."""

log = logging.getLogger("pilcrow.chat")


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows next; None leaves a part as it is."""

    talk: Talk
    panel: str | None = None
    notice: str = ""
    box: str | None = None


def ask(assistant: Assistant, warmth: Warmth, question: str, talk: Talk) -> Iterator[View]:
    """The question at once, then the answer as it grows; or one sentence, and the question back in its box."""
    earlier = [message_of(message) for message in talk]
    problem = _problem(question, assistant.settings.max_question_chars)
    if problem:
        yield View(earlier, notice=render.notice_html(problem), box=question)
        return
    asked = [*earlier, {"role": "user", "content": render.question_html(question)}]
    yield View([*asked, _said(render.working_html(ready=warmth.ready))], render.panel_html(None), box="")
    try:
        warmth.wait()
        for answer in assistant.stream(question, history=history_of(earlier)):
            yield View([*asked, _said(render.answer_html(answer))], render.panel_html(answer))
    except (PilcrowError, UiError) as error:
        yield View(earlier, notice=render.notice_html(str(error)), box=question)
    except Exception as error:  # the edge: a person sees a sentence, a log sees no word of the question
        log.error("a question failed with %s", type(error).__name__)
        yield View(earlier, notice=render.notice_html(say("broken")), box=question)


def _problem(question: str, limit: int) -> str | None:
    if not question.strip():
        return say("question_empty")
    if len(question) > limit:
        return say("question_long", length=len(question), limit=limit)
    return None


def _said(markup: str) -> dict[str, Any]:
    return {"role": "assistant", "content": markup}


def message_of(message: dict[str, Any]) -> dict[str, Any]:
    """A message as we sent it: gradio gives its content back as a list of parts."""
    content = message["content"]
    text = content if isinstance(content, str) else "".join(str(part.get("text", "")) for part in content)
    return {"role": message["role"], "content": text}


def history_of(earlier: Talk) -> list[dict[str, str]]:
    """What was said, as the assistant takes it."""
    return [{"role": message["role"], "content": render.text_of(message["content"])} for message in earlier]
