"""Owns what happens when a question is asked in the chat: what is shown, in which order, and what a failure gives back.

The conversation lives in the page alone: it comes with each question and leaves with each view. It does not own the
components that show a view (`ui.chat`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant import Answer, Assistant, PilcrowError
from ui import render
from ui.errors import UiError
from ui.strings import say
from ui.warmth import Warmth

Talk = list[dict[str, Any]]
"""The conversation as the page holds it: chat messages whose content is HTML that `ui.render` made."""

log = logging.getLogger("pilcrow.chat")


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows next; None leaves a part as it is.

    understood: the last question in words that stand alone, where the conversation added to it; "" puts its field away.
    """

    talk: Talk
    panel: str | None = None
    notice: str = ""
    box: str | None = None
    understood: str | None = None


def ask(assistant: Assistant, warmth: Warmth, question: str, talk: Talk) -> Iterator[View]:
    """The question at once, then the answer as it grows; or one sentence, and the question back in its box."""
    said = [message_of(message) for message in talk]
    for n, view in enumerate(_asked(assistant, warmth, question, said, said)):
        yield replace(view, box=question) if view.notice else replace(view, box=None if n else "")


def ask_again(assistant: Assistant, warmth: Warmth, question: str, talk: Talk) -> Iterator[View]:
    """The last question as a person corrected what was understood: it takes the place of the last exchange and stands alone.

    Where that fails the exchange stays, with one sentence and the corrected words in their field.
    """
    said = [message_of(message) for message in talk]
    for view in _asked(assistant, warmth, question, said, said[:-2], alone=True):
        yield replace(view, understood=question) if view.notice else view


def _asked(
    assistant: Assistant, warmth: Warmth, question: str, said: Talk, earlier: Talk, *, alone: bool = False
) -> Iterator[View]:
    """The question after `earlier`; a failure shows all that was `said`.  alone: it takes nothing over from the conversation."""
    problem = _problem(question, assistant.settings.max_question_chars)
    if problem:
        yield View(said, notice=render.notice_html(problem))
        return
    asked = [*earlier, {"role": "user", "content": render.question_html(question)}]
    yield View([*asked, _said(render.working_html(ready=warmth.ready))], render.panel_html(None), understood="")
    try:
        warmth.wait()
        for answer in assistant.stream(question, history=[] if alone else history_of(earlier)):
            understood = _understood(answer)
            yield View([*asked, _said(render.answer_html(answer))], render.panel_html(answer), understood=understood)
    except (PilcrowError, UiError) as error:
        yield View(said, notice=render.notice_html(str(error)))
    except Exception as error:  # the edge: a person sees a sentence, a log sees no word of the question
        log.error("a question failed with %s", type(error).__name__)
        yield View(said, notice=render.notice_html(say("broken")))


def _understood(answer: Answer) -> str:
    """The question as it was understood, where the conversation added to it: a wrong carry-over must be seen, and put right."""
    told = answer.standalone_question.strip()
    return "" if told == answer.question.strip() else told


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
