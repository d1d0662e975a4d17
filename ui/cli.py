"""Owns the `pilcrow` command: words, options, exit codes, errors. It does not own what a command does (`ui.commands`).

Exit codes: 0 done, 1 a known error in one line, 2 usage, 130 interrupted. Data goes to stdout, all else to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ui import private

INTERRUPTED = 130
EPILOG = "Nothing you ask and nothing your documents say leaves this machine."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    removed = private.close_doors()
    words = list(sys.argv[1:] if argv is None else argv)
    args = build_parser(with_eval=words[:1] == ["eval"]).parse_args(words)
    args.removed = removed
    try:
        return _run(args)
    except KeyboardInterrupt:
        print(
            "pilcrow: interrupted; what was read and embedded is kept, and the next run goes on there.", file=sys.stderr
        )
        return INTERRUPTED
    except BrokenPipeError:  # the reader, `head` for one, has all it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser(*, with_eval: bool = True) -> argparse.ArgumentParser:
    """All commands and options; those of `eval` are only loaded when it is the command."""
    parser = argparse.ArgumentParser(
        prog="pilcrow",
        description="Ask a folder of documents; every sentence of the answer links to the paragraph that says it.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(dest="command", required=True, title="commands")
    _add_index(commands)
    _add_ask(commands)
    _add_chat(commands)
    _add_show(commands)
    _add_verify(commands)
    _add_eval(commands, with_eval)
    _add_doctor(commands)
    return parser


def _run(args: argparse.Namespace) -> int:
    from assistant import PilcrowError
    from ui import commands
    from ui.errors import UiError

    try:
        code: int = getattr(commands, args.command)(args)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except (PilcrowError, UiError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _fail(f"{reason}: {error.filename}" if error.filename else f"{reason}, while the output was written.")


def _fail(sentence: str) -> int:
    from ui.render import plain_name

    print(f"pilcrow: {plain_name(sentence)}", file=sys.stderr)
    return 1


def _add_index(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("index", help="index a folder of documents, or bring its index up to date")
    parser.add_argument("corpus", type=_folder, metavar="DIR", help="folder of documents")
    parser.add_argument("--rebuild", action="store_true", help="read everything anew, and embed what has no vector yet")
    parser.add_argument("--watch", action="store_true", help="then index again after each change, until Ctrl-C")
    parser.add_argument("--report", action="store_true", help="also print what became of every file")
    parser.add_argument("--json", action="store_true", help="print what was done and what became of every file as JSON")
    _add_place(parser, corpus=False)


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ask", help="answer one question")
    parser.add_argument("question", help="the question, in quotes")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument(
        "--within", action="append", metavar="FILE", help="only this file or document id; give it again for more"
    )
    parser.add_argument("--from", dest="first", metavar="DATE", help="only documents published on this day or later")
    parser.add_argument("--to", dest="last", metavar="DATE", help="only documents published on this day or earlier")
    parser.add_argument("--as-of", metavar="DATE", help="the day asked about: nothing published later is used")
    _add_place(parser)
    _add_reranker(parser)


def _add_chat(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("chat", help="start the chat in the browser, on this machine only")
    parser.add_argument("--port", type=_port, metavar="N", help="port on 127.0.0.1 (default: from 7860 on, a free one)")
    parser.add_argument("--open", action="store_true", help="open the chat in the browser")
    parser.add_argument(
        "--no-watch", action="store_true", help="do not follow changes of the folder while the chat runs"
    )
    parser.add_argument(
        "--feedback",
        type=_path,
        metavar="FILE",
        help="show thumbs: a thumb down adds a question draft to this local file",
    )
    _add_place(parser)
    _add_reranker(parser)


def _add_show(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("show", help="print a document or a paragraph, or list all documents")
    parser.add_argument("id", nargs="?", metavar="ID", help="document id, file or paragraph id; without it, a list")
    parser.set_defaults(reranker=None)
    _add_place(parser)


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "verify", help="check an answer that was given out against the documents as they are now"
    )
    parser.add_argument("file", metavar="FILE", help="JSON of `ask --json` or the HTTP API, or Markdown; - for stdin")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--corpus", type=_folder, metavar="DIR", help="folder of documents (default: the sample)")
    parser.add_argument(
        "--index",
        type=_folder,
        metavar="DIR",
        help="take the text that this index keeps of unchanged files (default: none)",
    )


def _add_eval(commands: argparse._SubParsersAction[argparse.ArgumentParser], with_options: bool) -> None:
    parser = commands.add_parser("eval", help="put the fixed question sets and print figures")
    if with_options:
        from evals.cli import add_arguments

        add_arguments(parser)


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("doctor", help="check the installation, the folders and what could leak")
    _add_place(parser)
    _add_reranker(parser)


def _add_place(parser: argparse.ArgumentParser, *, corpus: bool = True) -> None:
    if corpus:
        parser.add_argument("--corpus", type=_folder, metavar="DIR", help="folder of documents (default: the sample)")
    parser.add_argument("--index", type=_folder, metavar="DIR", help="folder of the index (default: Pilcrow's own)")
    parser.add_argument("--model", metavar="NAME", help="embedding model: a folder on disk (default: all-MiniLM-L6-v2)")


def _add_reranker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reranker", metavar="DIR", help="a cross-encoder on disk, which orders the best passages")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from ui.version import version

        print(f"{parser.prog} {version()}")
        parser.exit()


def _folder(text: str) -> Path:
    """An empty path would mean the current folder, which is what an unset shell variable gives."""
    return _path(text, "folder")


def _path(text: str, kind: str = "file") -> Path:
    if not text:
        raise argparse.ArgumentTypeError(f"the path is empty: give a {kind}")
    return Path(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
