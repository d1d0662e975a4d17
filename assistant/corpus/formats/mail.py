"""Owns reading mails and saved web archives (.eml, .mhtml): their headers, their text, and handing out what is attached. It does not own HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from pathlib import PurePosixPath

from assistant.corpus.formats.encodings import decoded
from assistant.corpus.formats.html import add_fragment, read_html
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable

MAX_PARTS = 1000
MAX_BOUNDARIES = 10_000
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def read_mail(data: bytes) -> Extract:
    """The text of a mail: its plain text where it has one, else its HTML. Raises Unreadable."""
    message = _message(data)
    body = message.get_body(preferencelist=("plain", "html"))
    if message.get_content_type() == "multipart/related" and not message["From"]:
        return _saved_page(message)
    sheet = Sheet()
    sheet.meta.update(_facts(message))
    if isinstance(body, EmailMessage):
        _add_body(sheet, body)
    if not any(sheet.blocks):
        raise Unreadable("holds no words of its own; what is attached to it is read by itself")
    return sheet.done()


def attachments(data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
    """What is attached to a mail, by name, with its bytes; pictures that are part of its layout are left out."""
    message = _message(data)
    body = message.get_body(preferencelist=("plain", "html"))
    bodies = {id(part) for part in (body, message.get_body(preferencelist=("html",)))}
    for number, part in enumerate(_leaves(message), 1):
        if number > MAX_PARTS:
            raise Unreadable(
                f"holds more than {MAX_PARTS:,} parts, and the rest was not read; save what is attached to it into the folder"
            )
        if id(part) in bodies or part["Content-ID"] or (part["Content-Location"] and not part.get_filename()):
            continue
        content = part.get_content_type()
        if content.startswith("text/") and not part.get_filename() and not part.is_attachment():
            yield f"part {number}{'.html' if content == 'text/html' else '.txt'}", _payload(part)
        elif part.get_filename() or part.is_attachment() or content == "message/rfc822":
            yield _name(part, number), _payload(part)


@lru_cache(maxsize=1)
def _message(data: bytes) -> EmailMessage:
    if data.count(b"\n--") > MAX_BOUNDARIES:
        raise Unreadable(f"is built as no ordinary mail is (more than {MAX_BOUNDARIES:,} parts); save its text as .txt")
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (
        message.keys() and (message["From"] or message["MIME-Version"] or message["Subject"])
    ):
        raise Unreadable(
            "has no sender and no subject, so it is no mail or saved page; save it again from the mail program or the browser"
        )
    return message


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no other parts; a mail that is attached is one, whole."""
    stack = [message]
    while stack:
        part = stack.pop()
        if part.get_content_maintype() == "multipart":
            payload = part.get_payload()
            inner = payload if isinstance(payload, list) else []
            stack.extend(below for below in reversed(inner) if isinstance(below, EmailMessage))
        else:
            yield part


def _name(part: EmailMessage, number: int) -> str:
    stated = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    if part.get_content_type() == "message/rfc822":
        return f"{PurePosixPath(stated).stem or f'mail {number}'}.eml"
    return " ".join(stated.split()) or f"attachment {number}"


def _payload(part: EmailMessage) -> bytes | Unreadable:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return (
            first.as_bytes()
            if isinstance(first, EmailMessage)
            else Unreadable("is an attached mail of which a part is missing; save it as .eml from a mail program")
        )
    payload = part.get_payload(decode=True)
    return (
        payload
        if isinstance(payload, bytes)
        else Unreadable("is attached in a way that cannot be read; save it from the mail program into the folder")
    )


def _facts(message: EmailMessage) -> dict[str, str]:
    facts = {"title": _header(message, "Subject"), "author": _sender(message), "url": ""}
    try:
        facts["published"] = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        facts["published"] = ""
    return facts


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message[name] or "").split())


def _sender(message: EmailMessage) -> str:
    names = [name or address for name, address in getaddresses([_header(message, "From")])]
    return ", ".join(name for name in names if name)


def _text_of(part: EmailMessage, sheet: Sheet) -> str:
    payload = part.get_payload(decode=True)
    text, note = decoded(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    if note:
        sheet.note(note)
    return text


def _add_body(sheet: Sheet, body: EmailMessage) -> None:
    text = _text_of(body, sheet)
    if body.get_content_type() == "text/html":
        add_fragment(sheet, text)
        return
    flowed = str(body.get_param("format") or "").lower() == "flowed"
    said, _, signature = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n-- \n")
    for paragraph in _PARAGRAPH.split(said):
        sheet.add(_unwrapped(paragraph, flowed))
    sheet.add(signature, "furniture")


def _unwrapped(paragraph: str, flowed: bool) -> str:
    """A paragraph on one line where its lines are wrapped: flowed (RFC 3676), or all but the last about as long as mails are wrapped."""
    lines = [line[1:] if flowed and line.startswith(" ") else line for line in paragraph.split("\n")]
    wrapped = len(lines) > 1 and all(50 <= len(line) <= 100 for line in lines[:-1]) and len(lines[-1]) <= 100
    if flowed:
        return "".join(line if line.endswith(" ") else f"{line}\n" for line in lines)
    return " ".join(line.strip() for line in lines) if wrapped else paragraph


def _saved_page(message: EmailMessage) -> Extract:
    """A web page as browsers save it in one file."""
    page = next(
        (part for part in _leaves(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    payload = page.get_payload(decode=True) if page is not None else None
    if not isinstance(payload, bytes):
        raise Unreadable("holds no web page; save it again from the browser")
    return read_html(payload)
