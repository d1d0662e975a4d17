"""Owns what each command of `pilcrow` does. It does not own options, exit codes for errors, or how answers read."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from assistant import (
    SAMPLE_CORPUS,
    Assistant,
    Document,
    IndexReport,
    Paragraph,
    PilcrowError,
    Settings,
    UnknownDocument,
    check_question,
    folder_changes,
    verify_file,
)
from ui import amounts, dates, terminal
from ui.files import files_text
from ui.progress import Progress
from ui.render import plain_name


def index(args: argparse.Namespace) -> int:
    """`pilcrow index DIR`: build or refresh, then say what was done; with `--watch` again after each change, until Ctrl-C."""
    print(_said(args, _build(args, rebuild=args.rebuild)), flush=True)
    if args.watch:
        with suppress(KeyboardInterrupt):
            _watch(args)
    return 0


def ask(args: argparse.Namespace) -> int:
    """`pilcrow ask "…"`: one answer, as text or as JSON; not finding one is an answer too."""
    check_question(args.question, Settings.from_env().max_question_chars)
    published, as_of = dates.published(args.first, args.last), dates.as_of(args.as_of)
    with _open(args) as assistant:
        answer = assistant.answer(args.question, within=args.within, published=published, as_of=as_of)
    if args.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(terminal.answer_text(answer))
    return 0


def chat(args: argparse.Namespace) -> int:
    """`pilcrow chat`: serve the chat until it is stopped."""
    from ui import private, server

    thumbs = None
    if args.feedback is not None:
        from ui import feedback

        thumbs = feedback.start(args.feedback)
    with private.temporary_folder(), server.listen(args.port) as listener, _open(args) as assistant:
        server.serve(assistant, listener, open_browser=args.open, thumbs=thumbs, watch=not args.no_watch)
    return 0


def show(args: argparse.Namespace) -> int:
    """`pilcrow show ID`: the document, file or paragraph of that name; without one, the list of documents."""
    with _open(args) as assistant:
        if args.id is None:
            print(terminal.list_text(assistant.documents))
            return 0
        print("\n\n\n".join(_shown(assistant, args.id)))
    return 0


def verify(args: argparse.Namespace) -> int:
    """`pilcrow verify FILE`: what is still true of an answer that was given out; 1 when something is not."""
    from ui.verify import verification_json, verification_text

    found = verify_file(args.file, corpus=args.corpus or SAMPLE_CORPUS, index=args.index)
    print(verification_json(found) if args.json else verification_text(found))
    if args.corpus is None and all(citation.status == "missing" for citation in found.citations) and found.citations:
        print("pilcrow: these are no files of the sample corpus; name your folder with --corpus.", file=sys.stderr)
    return 1 if found.n_problems else 0


def eval(args: argparse.Namespace) -> int:
    """`pilcrow eval`: the question sets, by `evals`."""
    from evals.cli import run

    return run(args)


def doctor(args: argparse.Namespace) -> int:
    """`pilcrow doctor`: a table of checks; 1 when one of them is broken."""
    from ui.doctor import examine, table

    checks = examine(
        corpus=args.corpus or SAMPLE_CORPUS,
        index=args.index,
        model=args.model,
        reranker=args.reranker,
        removed=args.removed,
    )
    print(table(checks))
    return 1 if any(check.broken for check in checks) else 0


def _build(args: argparse.Namespace, *, rebuild: bool = False) -> IndexReport:
    with Progress() as progress:
        report = Assistant.build(args.corpus, index=args.index, model=args.model, progress=progress, rebuild=rebuild)
    if report.warning:
        print(f"pilcrow: {report.warning}", file=sys.stderr)
    return report


def _watch(args: argparse.Namespace) -> None:
    """Index again after each change; a folder that cannot be indexed for a while is said to be, and watched on."""
    print("Watching for changes; stop with Ctrl-C.", file=sys.stderr)
    for _ in folder_changes(args.corpus.expanduser(), threading.Event()):
        try:
            report = _build(args)
        except PilcrowError as error:
            print(f"pilcrow: {plain_name(str(error))}", file=sys.stderr)
        else:
            if report.changed:
                print(_said(args, report), flush=True)


def _said(args: argparse.Namespace, report: IndexReport) -> str:
    if args.json:
        return json.dumps(asdict(report), ensure_ascii=False, indent=2)
    skipped = [f"skipped {plain_name(file)}: {plain_name(why)}" for file, why in report.skipped]
    return "\n".join([_report_text(report), *([files_text(report)] if args.report else skipped)])


def _open(args: argparse.Namespace) -> Assistant:
    corpus: Path = args.corpus or SAMPLE_CORPUS
    with Progress() as progress:
        assistant = Assistant.open(
            corpus, index=args.index, model=args.model, reranker=args.reranker, progress=progress
        )
    if assistant.warning:
        print(f"pilcrow: {assistant.warning}", file=sys.stderr)
    return assistant


def _shown(assistant: Assistant, name: str) -> list[str]:
    """The documents that an id or a file names, else the paragraph of that id."""
    try:
        return [terminal.document_text(document) for document in assistant.named(name)]
    except UnknownDocument:
        return [terminal.paragraph_text(*_paragraph(assistant, name))]


def _paragraph(assistant: Assistant, paragraph_id: str) -> tuple[Document, Paragraph]:
    try:
        return assistant.paragraph(paragraph_id)
    except UnknownDocument:
        raise UnknownDocument(
            f"No document, file or paragraph has the id {paragraph_id[:80]!r}; `pilcrow show` alone lists the documents."
        ) from None


def _report_text(report: IndexReport) -> str:
    state = "built" if report.changed else "already up to date"
    lines = [
        f"generation {report.generation}: {state} in {report.seconds:.1f} s",
        f"{amounts.documents(report.n_documents)}, {amounts.paragraphs(report.n_paragraphs)} and"
        f" {amounts.passages(report.n_passages)} in {amounts.files(report.n_files)}; {report.n_read} new or changed,"
        f" {amounts.texts(report.n_embedded)} embedded",
    ]
    return "\n".join(lines)
