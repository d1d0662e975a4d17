"""Owns the endings of the files that are read, and what to say of those that are not. It does not own reading them."""

from __future__ import annotations

from pathlib import PurePosixPath

PLAIN = (".txt", ".text", ".md", ".markdown")
SUFFIXES = (
    *PLAIN, ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".odt", ".epub", ".rtf", ".eml", ".rss", ".atom", ".xml",
    ".csv", ".tsv", ".zip",
)  # fmt: skip

_SHOWN = "txt, md, html, pdf, docx, odt, epub, rtf, eml, rss, atom, csv, zip"
_ADVICE = {
    ".doc": "an old Word file; open it in Word and save it as .docx",
    ".dot": "an old Word file; open it in Word and save it as .docx",
    ".pages": "an Apple Pages file; export it as .docx or .pdf",
    ".wpd": "a WordPerfect file; save it as .docx or .pdf",
    ".wps": "a Works file; save it as .docx or .pdf",
    ".xls": "a spreadsheet; save the sheet of articles as .csv",
    ".xlsx": "a spreadsheet; save the sheet of articles as .csv",
    ".ods": "a spreadsheet; save the sheet of articles as .csv",
    ".ppt": "slides; export them as .pdf",
    ".pptx": "slides; export them as .pdf",
    ".odp": "slides; export them as .pdf",
    ".mobi": "a Kindle book; convert it to .epub",
    ".azw3": "a Kindle book; convert it to .epub",
    ".djvu": "a scan; turn it into a .pdf with text recognition (OCR)",
    ".msg": "an Outlook mail; save it as .eml",
    ".mbox": "a whole mailbox; export the mails as .eml files",
    ".rar": "packed files of a kind that is not opened; unpack them into the folder",
    ".7z": "packed files of a kind that is not opened; unpack them into the folder",
    ".tar": "packed files of a kind that is not opened; unpack them into the folder",
    **dict.fromkeys((".key", ".numbers"), "an Apple file; export it as .pdf or .csv"),
    **dict.fromkeys(
        (".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".mov", ".avi", ".mkv", ".webm"),
        "a recording; write down what is said and save that as .txt or .docx",
    ),
    ".json": "data for programs; save what it holds as .csv or .txt",
    ".gz": "packed files of a kind that is not opened; unpack them into the folder",
}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".svg")

MARK_OF_USE = "~$"
"""How the name of a file begins that an office program keeps beside an open document."""


def why_not_read(name: str) -> str:
    """Why a file of this name is passed over."""
    suffix = PurePosixPath(name).suffix.lower()
    if PurePosixPath(name).name.startswith(MARK_OF_USE):
        return "is only a mark that an office program leaves while a document is open, so nothing is lost"
    if suffix in _PICTURES:
        return (
            "is a picture, in which no words are read; if it shows a text, make it a .pdf with text recognition (OCR)"
        )
    if not suffix:
        return f"has a name without an ending that says what it is; add the right one of these: {_SHOWN}"
    return (
        f"is {_ADVICE[suffix]}"
        if suffix in _ADVICE
        else f"is not of a kind that is read; save it as one of these: {_SHOWN}"
    )
