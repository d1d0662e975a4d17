"""Owns the routes of our own web application: the only importer of fastapi. It does not own the door or the pages.

Questions arrive in the body of a POST and nowhere else, so that no address, history or log ever holds one.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant import (
    Assistant,
    IndexStoreError,
    ModelUnavailable,
    PilcrowError,
    QuestionTooLong,
    UnknownDocument,
)
from ui import schema
from ui.api_docs import docs_page
from ui.door import Door
from ui.errors import NotWarm
from ui.files import files_page
from ui.masthead import reading_text
from ui.pages import static_files
from ui.sources import elsewhere, missing_page, named_paragraph, source_id, source_page
from ui.version import version
from ui.warmth import Warmth
from ui.watching import News, Watcher

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UnknownDocument, 404),
    (QuestionTooLong, 413),
    (ModelUnavailable, 503),
    (IndexStoreError, 503),
    (NotWarm, 503),
    (PilcrowError, 400),
)
"""The status of each error, the most particular first."""

Shapes = dict[int | str, dict[str, Any]]

_ERRORS = {
    400: "The body is not JSON, or the question or history cannot be used as given.",
    403: "The request comes from another site.",
    404: "`within` names a file or document that is not in the index.",
    413: "The question or the body is too long.",
    422: "The JSON has another shape.",
    503: "The model or the index cannot be used.",
}


def create_app(assistant: Assistant, warmth: Warmth | None = None, watcher: Watcher | None = None) -> FastAPI:
    """The application over one assistant: API, source pages, health. Loading the model begins when it starts up.

    watcher: what keeps the assistant up to date with its folder, if anything does.
    """
    warm = warmth or Warmth(assistant)
    app = FastAPI(
        title="Pilcrow",
        summary="Answers from a folder of documents, every sentence linked to the paragraph that says it.",
        version=version(),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(warm),
    )
    app.add_middleware(Door)
    _add_errors(app)
    _add_answer(app, assistant, warm)
    _add_sources(app, assistant)
    _add_files(app, assistant, watcher)
    _add_health(app, assistant, warm)
    _add_pages(app)
    return app


def _add_answer(app: FastAPI, assistant: Assistant, warmth: Warmth) -> None:
    @app.post("/api/answer", responses=_described(schema.AnswerReply, _ERRORS), response_model=None, tags=["answers"])
    def answer(question: schema.Question) -> Response:
        """Answer a question, or say that the documents do not say."""
        limit = assistant.settings.max_question_chars
        if len(question.question) > limit:
            raise QuestionTooLong(f"The question has {len(question.question)} characters; the most is {limit}.")
        warmth.wait()
        reply = assistant.answer(
            question.question,
            history=question.turns(),
            within=question.within,
            published=question.published,
            as_of=question.as_of,
        )
        return _json(reply.to_dict())


def _add_sources(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/source/{document}", include_in_schema=False)
    def source(document: str, cite: str | None = None, p: str | None = None) -> Response:
        """The page of a whole article, with the words of `cite` marked; a link to where it was leads to where it is."""
        found = source_id(assistant, document, named_paragraph(cite, p))
        if found is None:
            return _html(missing_page(document), 404)
        if found != document:  # without a fragment of its own: the browser keeps that of the link
            query = f"?{urlencode({'cite': cite})}" if cite else ""
            return Response(status_code=307, headers={"location": f"/source/{quote(found)}{query}"})
        return _html(source_page(assistant.document(document), cite, elsewhere(assistant, document)))


def _add_files(app: FastAPI, assistant: Assistant, watcher: Watcher | None) -> None:
    @app.get("/files", include_in_schema=False)
    def files() -> Response:
        """What became of every file of the folder."""
        return _html(files_page(assistant.corpus.name, assistant.report))

    @app.get("/updates", include_in_schema=False)
    def updates() -> Response:
        """What the chat's page asks for now and then: what is read, and a sentence about the last change of the folder."""
        news = watcher.news if watcher else News()
        reading = reading_text(assistant.corpus.name, assistant.report)
        return _json({"number": news.number, "sentence": news.sentence, "reading": reading})


def _add_health(app: FastAPI, assistant: Assistant, warmth: Warmth) -> None:
    @app.get("/health/live", responses={200: {"model": schema.LiveReply}}, response_model=None, tags=["health"])
    def live() -> Response:
        """Whether the process answers."""
        return _json({"live": True})

    ready_shapes: Shapes = {200: {"model": schema.ReadyReply}, 503: {"model": schema.ReadyReply}}

    @app.get("/health/ready", responses=ready_shapes, response_model=None, tags=["health"])
    def ready() -> Response:
        """Whether a question would be answered at once: 200 when the model and the index are loaded, else 503."""
        state = {
            "ready": warmth.ready,
            "model": assistant.model,
            "generation": assistant.generation,
            "warning": warmth.error or assistant.warning,
        }
        return _json(state, 200 if warmth.ready else 503)


def _add_pages(app: FastAPI) -> None:
    @app.get("/", include_in_schema=False)
    def home() -> Response:
        return Response(status_code=307, headers={"location": "/ui/"})

    @app.get("/api/docs", include_in_schema=False)
    def docs() -> Response:
        return _html(docs_page(app.openapi()))

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return static("pilcrow.svg")

    @app.get("/static/{file}", include_in_schema=False)
    def static(file: str) -> Response:
        if file not in static_files():
            raise HTTPException(404)
        content, media_type = static_files()[file]
        return Response(content, media_type=media_type)


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return _invalid(error)

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> Response:
        sentence = {404: "There is no such page.", 405: "There is no such method here."}.get(error.status_code)
        return _json({"error": sentence or "The request cannot be used as given."}, error.status_code)

    async def known(_: Request, error: Exception) -> Response:
        return _json({"error": str(error)}, next(status for kind, status in STATUS if isinstance(error, kind)))

    app.add_exception_handler(PilcrowError, known)
    app.add_exception_handler(NotWarm, known)


def _invalid(error: RequestValidationError) -> Response:
    """One sentence that names the place and never repeats what was sent."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return _json({"error": "The body is not JSON."}, 400)
    place = ".".join(str(part) for part in first["loc"][1:] if not _is_shape_name(part)) or "the body"
    return _json({"error": f"The JSON has another shape than the API takes, at {place[:80]}."}, 422)


def _is_shape_name(part: object) -> bool:
    return isinstance(part, str) and part.startswith(("list[", "function-"))


def _lifespan(warmth: Warmth) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warmth.start()
        yield

    return lifespan


def _described(reply: type, errors: Mapping[int, str]) -> Shapes:
    described: Shapes = {200: {"model": reply}}
    return described | {status: {"model": schema.ErrorReply, "description": why} for status, why in errors.items()}


def _json(values: object, status: int = 200) -> Response:
    body = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, media_type="application/json")


def _html(page: str, status: int = 200) -> Response:
    return Response(page.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")
