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
from evals.drafts import DraftFile
from ui import feedback, render
from ui.conversation import Talk, View, ask, ask_again
from ui.examples import examples
from ui.masthead import masthead_html, welcome_html
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
    understood: gr.Textbox

    def all(self) -> list[Any]:
        """As gradio wants the outputs of an event."""
        return [self.talk, self.panel, self.notice, self.box, self.tries, self.understood]


@dataclass(frozen=True, slots=True)
class Thumb:
    """The components of the form after a thumb down; `which` holds the answer's place in the conversation."""

    group: gr.Column
    about: gr.Markdown
    choices: gr.CheckboxGroup
    place: gr.Textbox
    notice: gr.Markdown
    which: gr.Number
    save: gr.Button
    cancel: gr.Button

    def all(self) -> list[Any]:
        """As gradio wants the outputs of an event."""
        return [self.group, self.about, self.choices, self.place, self.notice, self.which]


def mount(app: FastAPI, assistant: Assistant, warmth: Warmth, thumbs: DraftFile | None = None) -> FastAPI:
    """Put the chat on our own application, with everything of gradio that talks, records or shares switched off.

    thumbs: where a thumb down goes; without it there are no thumbs, and nothing is kept.
    """
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build(assistant, warmth, thumbs),
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


def build(assistant: Assistant, warmth: Warmth, thumbs: DraftFile | None = None) -> gr.Blocks:
    """The page: a conversation and its question box on the left, the sources of the last answer on the right."""
    kept = str(thumbs.path) if thumbs else ""
    with gr.Blocks(title=say("name"), analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as blocks:
        _markup(masthead_html(assistant.corpus.name, assistant.report, assistant.warning, kept), "masthead")
        with gr.Row(elem_id="stage"):
            with gr.Column(elem_id="left", scale=6, min_width=300):
                talk = _talk(with_thumbs=thumbs is not None)
                tries, buttons = _tries(examples(assistant))
                thumb = _thumb(str(thumbs.path)) if thumbs else None
                understood, notice, box = _understood(), _markup("", "notice"), _box()
                new = gr.Button(say("new_button"), size="sm", elem_id="new")
            with gr.Column(elem_id="right", scale=5, min_width=300):
                _markup(render.heading_html(say("sources")), "right-head")
                panel = _markup(render.panel_html(None), "panel")
        _wire(assistant, warmth, Parts(talk, panel, notice, box, tries, understood), buttons, new)
        if thumbs and thumb:
            _wire_thumb(assistant, thumbs, thumb, talk, new)
    blocks.queue(max_size=QUEUE_SIZE, default_concurrency_limit=N_AT_ONCE, api_open=False)
    return blocks  # type: ignore[no-any-return]


def _shown(view: View) -> Shown:
    """The view as new values of the parts; what it leaves alone is skipped."""
    panel = gr.skip() if view.panel is None else view.panel
    box = gr.skip() if view.box is None else view.box
    tries = gr.Column(visible=False) if view.talk else gr.skip()
    told = view.understood
    understood = gr.skip() if told is None else gr.Textbox(value=told, visible=bool(told))
    return view.talk, panel, view.notice, box, tries, understood


def _wire(assistant: Assistant, warmth: Warmth, parts: Parts, buttons: list[gr.Button], new: gr.Button) -> None:
    def asked(question: str, talk: Talk) -> Iterator[Shown]:
        yield from map(_shown, ask(assistant, warmth, question, talk))

    def corrected(question: str, talk: Talk) -> Iterator[Shown]:
        yield from map(_shown, ask_again(assistant, warmth, question, talk))

    first = ((parts.box.submit, parts.box), *((button.click, button) for button in buttons))
    for event, question, does in (
        *((*one, asked) for one in first),
        (parts.understood.submit, parts.understood, corrected),
    ):
        event(
            does,
            [question, parts.talk],
            parts.all(),
            show_progress="hidden",
            api_visibility="private",
            concurrency_id="ask",
            concurrency_limit=N_AT_ONCE,
        )
    new.click(
        lambda: ([], render.panel_html(None), "", "", gr.Column(visible=bool(buttons)), gr.Textbox("", visible=False)),
        None,
        parts.all(),
        show_progress="hidden",
        api_visibility="private",
    )


def _wire_thumb(assistant: Assistant, file: DraftFile, thumb: Thumb, talk: gr.Chatbot, new: gr.Button) -> None:
    """What a thumb down and the buttons of its form set going; raises nothing, whatever the page sends."""

    def opened(said: Talk, event: gr.LikeData) -> Shown:
        about = feedback.complaint(said, _index(event.index))
        if about is None:
            return _closed()
        try:
            form = feedback.form(assistant, about)
        except Exception as error:  # the edge, as in `ui.conversation`
            return _closed(render.notice_html(feedback.sentence_of(error)))
        choices = gr.CheckboxGroup(choices=list(form.choices), value=[])
        return gr.Column(visible=True), form.about, choices, "", "", event.index

    def saved(said: Talk, which: int, chosen: list[str], place: str) -> Shown:
        try:
            about = feedback.complaint(said, _index(which))
            return _closed(render.told_html(feedback.save(assistant, file, about, chosen, place)))
        except Exception as error:  # the edge: what was typed stays, and one sentence says why it is not saved
            return *(gr.skip() for _ in range(4)), render.notice_html(feedback.sentence_of(error)), gr.skip()

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    talk.like(opened, talk, thumb.all(), **quiet)
    thumb.save.click(saved, [talk, thumb.which, thumb.choices, thumb.place], thumb.all(), **quiet)
    for button in (thumb.cancel, new):
        button.click(_closed, None, thumb.all(), **quiet)


def _closed(told: str = "") -> Shown:
    """The form put away, with a sentence in its place or none."""
    return gr.Column(visible=False), "", gr.CheckboxGroup(choices=[], value=[]), "", told, -1


def _index(place: Any) -> int:
    """A place in the conversation as an event names it; -1, where nothing stands, for anything else."""
    return place if isinstance(place, int) else -1


def _thumb(file: str) -> Thumb:
    with gr.Column(visible=False, elem_id="thumb") as group:
        about = _markup("", "thumb-about")
        choices = gr.CheckboxGroup(label=say("thumb_offered"), choices=[], elem_id="thumb-choices")
        place = gr.Textbox(
            label=say("thumb_place"), placeholder=say("thumb_place_hint"), max_lines=1, elem_id="thumb-place"
        )
        _markup(f"<p>{render.clean(say('thumb_where', file=render.plain_name(file)))}</p>", "thumb-where")
        with gr.Row(elem_id="thumb-buttons"):
            save = gr.Button(say("thumb_save"), variant="primary", size="sm", elem_id="thumb-save")
            cancel = gr.Button(say("thumb_cancel"), size="sm", elem_id="thumb-cancel")
    notice = _markup("", "thumb-notice")
    which = gr.Number(value=-1, precision=0, visible=False)
    return Thumb(group, about, choices, place, notice, which, save, cancel)


def _talk(*, with_thumbs: bool) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="talk",
        label=say("conversation"),
        show_label=False,
        placeholder=welcome_html(),
        height=None,
        layout="panel",
        buttons=[],
        elem_classes=["thumbs"] if with_thumbs else [],
        feedback_options=["Dislike"] if with_thumbs else None,
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


def _understood() -> gr.Textbox:
    """The last question as it was understood, to be read, changed and asked again; away where nothing was added to it."""
    return gr.Textbox(
        elem_id="understood",
        label=say("understood"),
        info=say("understood_hint"),
        lines=1,
        max_lines=4,
        submit_btn=say("understood_button"),
        visible=False,
    )


def _tries(questions: tuple[str, ...]) -> tuple[gr.Column, list[gr.Button]]:
    with gr.Column(visible=bool(questions), elem_id="tries") as column:
        _markup(render.heading_html(say("examples")), "tries-head")
        buttons = [gr.Button(question, size="sm", variant="secondary") for question in questions]
    return column, buttons


def _markup(markup: str, elem_id: str) -> gr.Markdown:
    """A place for HTML that `ui.render` made: one line without a character that Markdown could read."""
    return gr.Markdown(markup, elem_id=elem_id, sanitize_html=True, latex_delimiters=[], container=False)
