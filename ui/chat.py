"""Owns the chat and its wiring: with `ui.theme` the only importer of gradio. It does not own answers or their HTML.

The conversation lives in the page alone: the browser sends it with each question and no server keeps it. Every text
passes `ui.render` before gradio sees it, and gradio's own sanitizer stays on behind that. `gr.HTML` is not used: it
compiles templates in the browser, for which the policy would have to allow `unsafe-eval`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant import Assistant
from ui import render
from ui.conversation import Talk, View, ask
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

Shown = tuple[Any, ...]
"""New values of `Parts`, in their order."""


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
        _markup(render.masthead_html(assistant.corpus.name, assistant.documents, assistant.warning), "masthead")
        with gr.Row(elem_id="stage"):
            with gr.Column(elem_id="left", scale=6, min_width=300):
                talk = _talk()
                tries, buttons = _tries(examples(assistant))
                notice, box = _markup("", "notice"), _box()
                new = gr.Button(say("new_button"), size="sm", elem_id="new")
            with gr.Column(elem_id="right", scale=5, min_width=300):
                _markup(render.heading_html(say("sources")), "right-head")
                panel = _markup(render.panel_html(None), "panel")
        _wire(assistant, warmth, Parts(talk, panel, notice, box, tries), buttons, new)
    blocks.queue(max_size=QUEUE_SIZE, default_concurrency_limit=N_AT_ONCE, api_open=False)
    return blocks  # type: ignore[no-any-return]


def _shown(view: View) -> Shown:
    """The view as new values of the parts; what it leaves alone is skipped."""
    panel = gr.skip() if view.panel is None else view.panel
    box = gr.skip() if view.box is None else view.box
    return view.talk, panel, view.notice, box, gr.Column(visible=False) if view.talk else gr.skip()


def _wire(assistant: Assistant, warmth: Warmth, parts: Parts, buttons: list[gr.Button], new: gr.Button) -> None:
    def asked(question: str, talk: Talk) -> Iterator[Shown]:
        yield from map(_shown, ask(assistant, warmth, question, talk))

    for event, question in ((parts.box.submit, parts.box), *((button.click, button) for button in buttons)):
        event(
            asked,
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
