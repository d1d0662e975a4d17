"""The HTTP API and the web door, over a small assistant and without a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import ModelUnavailable, UnknownDocument
from ui import schema
from ui.door import MAX_BODY_BYTES
from ui.http import create_app

HEADERS = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "cache-control",
    "permissions-policy",
}


INNER = {
    "sentences": schema.SentenceReply,
    "citations": schema.CitationReply,
    "nearest": schema.CitationReply,
    "document": schema.DocumentReply,
    "also_in": schema.PlaceReply,
}


@pytest.fixture(scope="module")
def shared_fake(new_fake: Callable[[], Any]) -> Any:
    return new_fake()


@pytest.fixture(scope="module")
def client(shared_fake: Any) -> Iterator[TestClient]:
    app = create_app(shared_fake)
    with TestClient(app, base_url="http://127.0.0.1:7860", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def fake(shared_fake: Any) -> Any:
    """The one assistant behind the client, as new."""
    shared_fake.seen.clear()
    shared_fake.failure = None
    return shared_fake


def test_answer_is_the_answers_own_dict(client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.Answer.to_dict", lambda self: {"question": self.question})
    reply = client.post("/api/answer", json={"question": "Who was on board?", "within": ["a.md"]})
    assert (reply.status_code, reply.json()) == (200, {"question": "Who was on board?"})
    assert fake.seen == [("Who was on board?", [], ["a.md"])]


def test_the_schema_describes_the_answer_to_the_last_key(build_answer: Callable[..., Any], document: Any) -> None:
    for answered in (True, False):
        reply = build_answer(document, answered=answered).to_dict()
        assert_same_keys(reply, schema.AnswerReply)


def assert_same_keys(values: dict[str, Any], model: Any) -> None:
    model.model_validate(values)
    assert values.keys() == model.model_fields.keys()
    for key, inner in INNER.items():
        for value in values.get(key, []) if isinstance(values.get(key), list) else [values.get(key, {})]:
            if isinstance(value, dict) and key in model.model_fields:
                assert_same_keys(value, inner)


def test_history_is_taken_in_both_forms(client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.Answer.to_dict", lambda self: {})
    messages = [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]
    client.post("/api/answer", json={"question": "And?", "history": messages})
    client.post("/api/answer", json={"question": "And?", "history": [{"question": "Q", "answer": "A"}]})
    assert fake.seen[0][1] == messages
    assert [(turn.question, turn.answer) for turn in fake.seen[1][1]] == [("Q", "A")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"question": "  "}', 400),
        (b'{"question": 7}', 422),
        (b'{"question": "x", "published": []}', 422),
        (b'{"question": "x", "history": [{"role": "system", "content": "y"}]}', 422),
        (b'{"question": "\\ud800"}', 422),
        (b"[]", 422),
        (b"", 422),
        (json.dumps({"question": "x" * 4001}).encode(), 413),
        (json.dumps({"question": "x" * MAX_BODY_BYTES}).encode(), 413),
    ],
)
def test_a_bad_request_gets_one_sentence(client: TestClient, body: bytes, status: int) -> None:
    reply = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == status
    assert set(reply.json()) == {"error"}
    assert "xxxx" not in reply.text


def test_a_large_body_in_chunks_is_refused_before_parsing(client: TestClient, fake: Any) -> None:
    chunks = (b'{"question": "' + b"x" * 65536 for _ in range(100))
    reply = client.post("/api/answer", content=chunks, headers={"content-type": "application/json"})
    assert reply.status_code == 413
    assert fake.seen == []


@pytest.mark.parametrize(
    ("failure", "status"),
    [(UnknownDocument("No file 'x'."), 404), (ModelUnavailable("No model."), 503), (RuntimeError("a secret"), 500)],
)
def test_errors_have_their_status_and_no_secret(
    client: TestClient, fake: Any, failure: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    fake.failure = failure
    reply = client.post("/api/answer", json={"question": "a private question"})
    assert reply.status_code == status
    assert set(reply.json()) == {"error"}
    assert reply.headers.keys() >= HEADERS
    for told in (reply.text, caplog.text):
        assert "a secret" not in told
        assert "private question" not in told


def test_ready_only_when_the_model_is(new_fake: Callable[[], Any]) -> None:
    fake = new_fake()
    fake.warm_failure = ModelUnavailable("No model.")
    with TestClient(create_app(fake), base_url="http://localhost") as client:
        assert client.post("/api/answer", json={"question": "x"}).json() == {"error": "No model."}
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["ready"], ready.json()["warning"]) == (503, False, "No model.")
        assert client.get("/health/live").json() == {"live": True}


def test_ready_names_model_and_generation(client: TestClient) -> None:
    client.post("/api/answer", json={"question": " "})  # waits for the model
    expected = {"ready": True, "model": "fake", "generation": "gen-1", "warning": None}
    assert client.get("/health/ready").json() == expected


@pytest.mark.parametrize(
    "path", ["/", "/api/docs", "/openapi.json", "/source/doc1", "/source/none", "/x", "/static/page.css"]
)
def test_every_response_has_the_headers(client: TestClient, path: str) -> None:
    reply = client.get(path, follow_redirects=False)
    assert reply.headers.keys() >= HEADERS
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"
    assert "server" not in reply.headers


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/source/gone?cite=par2:0-3", "/source/doc1?cite=par2%3A0-3"),
        ("/source/gone?p=par2", "/source/doc1"),
        ("/source/gone?cite=no-span&p=par2", "/source/doc1?cite=no-span"),
    ],
)
def test_a_link_to_where_a_paragraph_was_leads_to_where_it_is(client: TestClient, asked: str, location: str) -> None:
    reply = client.get(asked, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (307, location)
    assert client.get(asked).status_code == 200


@pytest.mark.parametrize(
    "asked", ["/source/gone", "/source/gone?p=par9", "/source/gone?cite=par9:0-3", "/source/gone?p="]
)
def test_a_link_to_what_is_gone_has_a_page_that_says_so(client: TestClient, asked: str) -> None:
    reply = client.get(asked, follow_redirects=False)
    assert reply.status_code == 404
    assert "There is no such document here" in reply.text


def test_words_that_left_their_document_are_not_looked_for_in_another(client: TestClient) -> None:
    reply = client.get("/source/doc1?cite=par9:0-3", follow_redirects=False)
    assert reply.status_code == 200
    assert "no longer at that place" in reply.text


CLOSED = ["/static/../http.py", "/static/%2e%2e/http.py", "/static/", "/docs", "/redoc", "//etc/passwd"]


@pytest.mark.parametrize("path", CLOSED)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


STRANGERS = ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1]", "127.0.0.1:99999999"]


@pytest.mark.parametrize("host", STRANGERS)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/health/live", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:7860"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_may_not_ask(client: TestClient, fake: Any, headers: dict[str, str]) -> None:
    reply = client.post("/api/answer", json={"question": "x"}, headers=headers)
    assert (reply.status_code, fake.seen) == (403, [])


def test_our_own_page_may_ask(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.Answer.to_dict", lambda self: {})
    headers = {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}
    assert client.post("/api/answer", json={"question": "x"}, headers=headers).status_code == 200


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_site_cannot_look_like_json(client: TestClient, content_type: str) -> None:
    reply = client.post("/api/answer", content=b'{"question": "x"}', headers={"content-type": content_type})
    assert reply.status_code == 422


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/answer").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/ui/gradio_api/file=/etc/hostname",
        "/ui/gradio_api/file=https://example.org/x",
        "/ui/gradio_api/%66ile=/etc/hostname",
        "/ui/gradio_api/FILE=/etc/hostname",
        "/ui/gradio_api/proxy=https://example.org",
        "/ui/gradio_api/upload_progress",
        "/ui/gradio_api/runs",
        "/ui/gradio_api/run-history/buckets",
        "/ui/gradio_api/info",
        "/ui/monitoring",
        "/ui/config",
        "/ui/assets/..%2f..%2fetc%2fpasswd",
        "/ui/assets/%2e%2e/x",
        "/ui/assets//x",
        "/ui/static/.hidden",
        "/ui/unheard-of",
    ],
)
def test_the_rest_of_gradio_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 403


def test_a_page_that_lost_the_server_can_look_for_it_and_no_other_site_can(client: TestClient) -> None:
    assert client.get("/ui/gradio_api/app_id").status_code == 404  # past the door; no chat is mounted here
    assert client.get("/ui/gradio_api/app_id", headers={"sec-fetch-site": "cross-site"}).status_code == 403


CALLS = ["upload", "component_server", "run/predict", "api/predict", "call/predict", "login", "reset"]


@pytest.mark.parametrize("path", CALLS)
def test_no_other_call_of_gradio_is_open(client: TestClient, path: str) -> None:
    assert client.post(f"/ui/gradio_api/{path}", content=b"").status_code == 403


def test_api_page_names_every_route_and_loads_nothing_foreign(client: TestClient) -> None:
    page = client.get("/api/docs").text
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page
    assert "max_question_chars" in page
    assert "//cdn" not in page


def test_home_leads_to_the_chat(client: TestClient) -> None:
    assert client.get("/", follow_redirects=False).headers["location"] == "/ui/"
