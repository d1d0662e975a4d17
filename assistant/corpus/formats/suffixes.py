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
    ".doc": "the old Word format; save it as .docx",
    ".dot": "the old Word format; save it as .docx",
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
    ".djvu": "a scan; convert it to .pdf with its text",
    ".msg": "an Outlook mail; save it as .eml",
    ".mbox": "a whole mailbox; export the mails as .eml files",
    ".rar": "an archive of a kind that is not opened; pack it as .zip",
    ".7z": "an archive of a kind that is not opened; pack it as .zip",
    ".tar": "an archive of a kind that is not opened; pack it as .zip",
    ".gz": "an archive of a kind that is not opened; pack it as .zip",
}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".svg")

MARK_OF_USE = "~$"
"""How the name of a file begins that an office program keeps beside an open document."""


def why_not_read(name: str) -> str:
    """Why a file of this name is passed over."""
    suffix = PurePosixPath(name).suffix.lower()
    if PurePosixPath(name).name.startswith(MARK_OF_USE):
        return "is a mark that an office program leaves while a document is open; close the document there"
    if suffix in _PICTURES:
        return "is a picture, of which no text is read"
    return f"is {_ADVICE[suffix]}" if suffix in _ADVICE else f"is not one of the formats that are read ({_SHOWN})"
