"""Owns the chat and its wiring: with `ui.theme` the only importer of gradio. It does not own answers or their HTML.

The conversation lives in the page alone: the browser sends it with each question and no server keeps it. Every text
passes `ui.render` before gradio sees it, and gradio's own sanitizer stays on behind that. `gr.HTML` is not used: it
compiles templates in the browser, for which the policy would have to allow `unsafe-eval`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant import Answer, Assistant, PilcrowError
from ui import render
from ui.errors import UiError
from ui.examples import examples
from ui.strings import say
from ui.theme import style, theme
from ui.warmth import Warmth

if TYPE_CHECKING:
    from fastapi import FastAPI

PATH = "/ui"
QUEUE_SIZE = 32
N_AT_ONCE = 4
HEAD = (
    '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/static/pilcrow.svg" type="image/svg+xml"><script src="/static/chat.js" defer></script>'
)

Talk = list[dict[str, Any]]
"""The conversation as the page holds it: chat messages whose content is HTML that `ui.render` made."""

Shown = tuple[Any, ...]
"""New values of `Parts`, in their order."""

log = logging.getLogger("pilcrow.chat")


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that an event changes."""

    talk: gr.Chatbot
    panel: gr.Markdown
    notice: gr.Markdown
    box: gr.Textbox
    tries: gr.Column

    def all(self) -> list[Any]:
        """As gradio wants the outputs of an event."""
        return [self.talk, self.panel, self.notice, self.box, self.tries]


def mount(app: FastAPI, assistant: Assistant, warmth: Warmth) -> FastAPI:
    """Put the chat on our own application, with everything of gradio that talks, records or shares switched off."""
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build(assistant, warmth),
        path=PATH,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
        max_file_size=1,
        theme=theme(),
        css=style(),
        head=HEAD,
    )
    return mounted


def build(assistant: Assistant, warmth: Warmth) -> gr.Blocks:
    """The page: a conversation and its question box on the left, the sources of the last answer on the right."""
    with gr.Blocks(title=say("name"), analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as blocks:
        _markup(render.masthead_html(assistant.corpus.name, assistant.documents), "masthead")
        with gr.Row(elem_id="stage"):
            with gr.Column(elem_id="left", scale=6, min_width=300):
                talk = _talk()
                tries, buttons = _tries(examples(assistant))
                notice, box = _markup("", "notice"), _box()
                new = gr.Button(say("new_button"), size="sm", elem_id="new")
            with gr.Column(elem_id="right", scale=5, min_width=300):
                _markup(render.heading_html(say("sources")), "right-head")
                panel = _markup(render.panel_html(None), "panel")
        _wire(asker(assistant, warmth), Parts(talk, panel, notice, box, tries), buttons, new)
    blocks.queue(max_size=QUEUE_SIZE, default_concurrency_limit=N_AT_ONCE, api_open=False)
    return blocks  # type: ignore[no-any-return]


def asker(assistant: Assistant, warmth: Warmth) -> Callable[[str, Talk], Iterator[Shown]]:
    """The event of asking: the question at once, then the answer as it grows; or one sentence and the text back."""

    def ask(question: str, talk: Talk) -> Iterator[Shown]:
        earlier = [_message(m) for m in talk]
        problem = _problem(question, assistant.settings.max_question_chars)
        if problem:
            yield _refused(earlier, question, problem)
            return
        asked = [*earlier, {"role": "user", "content": render.question_html(question)}]
        yield _working(asked)
        try:
            warmth.wait()
            for answer in assistant.stream(question, history=_history(earlier)):
                yield _answered(asked, answer)
        except (PilcrowError, UiError) as error:
            yield _refused(earlier, question, str(error))
        except Exception as error:  # the edge: a person sees a sentence, a log sees no word of the question
            log.error("a question failed with %s", type(error).__name__)
            yield _refused(earlier, question, say("broken"))

    return ask


def _problem(question: str, limit: int) -> str | None:
    if not question.strip():
        return say("question_empty")
    if len(question) > limit:
        return say("question_long", length=len(question), limit=limit)
    return None


def _working(asked: Talk) -> Shown:
    talk = [*asked, _said(render.working_html())]
    return talk, render.panel_html(None), "", "", gr.Column(visible=False)


def _answered(asked: Talk, answer: Answer) -> Shown:
    return [*asked, _said(render.answer_html(answer))], render.panel_html(answer), "", gr.skip(), gr.skip()


def _refused(earlier: Talk, question: str, sentence: str) -> Shown:
    return earlier, gr.skip(), render.notice_html(sentence), question, gr.skip()


def _said(markup: str) -> dict[str, Any]:
    return {"role": "assistant", "content": markup}


def _message(message: dict[str, Any]) -> dict[str, Any]:
    """A message as we sent it: gradio gives its content back as a list of parts."""
    content = message["content"]
    text = content if isinstance(content, str) else "".join(str(part.get("text", "")) for part in content)
    return {"role": message["role"], "content": text}


def _history(earlier: Talk) -> list[dict[str, str]]:
    return [{"role": m["role"], "content": render.text_of(m["content"])} for m in earlier]


def _wire(ask: Callable[[str, Talk], Iterator[Shown]], parts: Parts, buttons: list[gr.Button], new: gr.Button) -> None:
    for event, question in ((parts.box.submit, parts.box), *((button.click, button) for button in buttons)):
        event(
            ask,
            [question, parts.talk],
            parts.all(),
            show_progress="hidden",
            api_visibility="private",
            concurrency_id="ask",
            concurrency_limit=N_AT_ONCE,
        )
    new.click(
        lambda: ([], render.panel_html(None), "", "", gr.Column(visible=bool(buttons))),
        None,
        parts.all(),
        show_progress="hidden",
        api_visibility="private",
    )


def _talk() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="talk",
        label=say("conversation"),
        show_label=False,
        placeholder=render.welcome_html(),
        height=None,
        layout="panel",
        buttons=[],
        feedback_options=None,
        render_markdown=False,
        sanitize_html=True,
        latex_delimiters=[],
        allow_tags=False,
        allow_file_downloads=False,
        group_consecutive_messages=False,
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="ask",
        label=say("ask_label"),
        placeholder=say("ask_placeholder"),
        lines=1,
        max_lines=6,
        submit_btn=say("ask_button"),
        autofocus=True,
    )


def _tries(questions: tuple[str, ...]) -> tuple[gr.Column, list[gr.Button]]:
    with gr.Column(visible=bool(questions), elem_id="tries") as column:
        _markup(render.heading_html(say("examples")), "tries-head")
        buttons = [gr.Button(question, size="sm", variant="secondary") for question in questions]
    return column, buttons


def _markup(markup: str, elem_id: str) -> gr.Markdown:
    """A place for HTML that `ui.render` made: one line without a character that Markdown could read."""
    return gr.Markdown(markup, elem_id=elem_id, sanitize_html=True, latex_delimiters=[], container=False)
