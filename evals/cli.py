"""Owns the options of `pilcrow eval` and what they set going. It does not own the run, the figures or the gates."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.errors import EvalError

if TYPE_CHECKING:
    from assistant import Assistant
    from evals.questions import QuestionSet
    from evals.saved import Report


def main(argv: Sequence[str] | None = None) -> int:
    """`python -m evals`: the same as `pilcrow eval`."""
    parser = argparse.ArgumentParser(
        prog="pilcrow eval", description="Put fixed questions to Pilcrow and print figures."
    )
    add_arguments(parser)
    return run(parser.parse_args(argv))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `pilcrow eval`, `pilcrow eval check` and `pilcrow eval new`."""
    add = parser.add_argument
    add(
        "--set",
        action="append",
        dest="sets",
        metavar="FILE|NAME",
        help="question set; may be repeated (default: standard)",
    )
    add("--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    add("--index", type=Path, metavar="DIR", help="folder of the index (default: Pilcrow's own)")
    add("--model", metavar="NAME", help="embedding model")
    add("--reranker", metavar="DIR", help="a cross-encoder on disk, which orders the best passages")
    add("--limit", type=_count, metavar="N", help="only the first N questions of each set")
    add("--out", type=Path, metavar="FILE", help="where the JSON goes (default: runs/<set>-<generation>.json)")
    add("--html", type=Path, metavar="FILE", help="also write the report as one HTML file that needs no network")
    add("--gates", action="store_true", help="check the gates of each set; exit 1 when one is broken")
    add(
        "--save-baseline",
        metavar="NAME",
        help="also write evals/baselines/NAME.json, which holds no word of a document",
    )
    add("--compare", nargs=2, metavar=("A", "B"), help="compare two saved reports or baselines instead of running")
    _add_actions(parser)


def _add_actions(parser: argparse.ArgumentParser) -> None:
    """The two sub-commands; an option they share with `pilcrow eval` is left alone where it is not given to them."""
    actions = parser.add_subparsers(dest="action", metavar="check|new", title="instead of running")
    check = actions.add_parser("check", help="check that every quote of a set stands on its line")
    check.add_argument("set", metavar="SET", help="question set: a JSONL file or the name of a committed one")
    _add_optional(check, "--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    new = actions.add_parser("new", help="start a question set for a folder of your own")
    new.add_argument("folder", type=Path, metavar="DIR", help="folder of documents")
    _add_optional(new, "--limit", type=_count, metavar="N", help="how many paragraphs are proposed (default: 20)")
    _add_optional(new, "--out", type=Path, metavar="FILE", help="where the draft goes (default: DIR-questions.jsonl)")


def _add_optional(parser: argparse.ArgumentParser, name: str, **how: Any) -> None:
    parser.add_argument(name, default=argparse.SUPPRESS, **how)


def run(args: argparse.Namespace) -> int:
    """Do what the options say; returns the exit code: 0 well, 1 a known error, a problem or a broken gate."""
    from assistant import PilcrowError

    try:
        return _run(args)
    except (EvalError, PilcrowError) as error:
        print(f"pilcrow eval: {error}", file=sys.stderr)
        return 1


def _run(args: argparse.Namespace) -> int:
    if args.action == "check":
        return _check(args)
    if args.action == "new":
        return _new(args)
    return _compare(*args.compare) if args.compare else _evaluate(args)


def _check(args: argparse.Namespace) -> int:
    """Print every problem of a set, or that there is none."""
    from evals.places import Places
    from evals.qrels import check_quotes
    from evals.questions import find_set, read_each, read_text

    path = find_set(args.set)
    questions, unread = read_each(read_text(path), path.name)
    problems = (*unread, *check_quotes(questions, Places.read(_corpus(args))))
    print("\n".join(problems) or f"{path.name}: {len(questions)} questions, and every quote stands on its line.")
    return 1 if problems else 0


def _new(args: argparse.Namespace) -> int:
    """Write a draft and say what to do with it."""
    from evals.drafting import N_PROPOSED, propose, write_draft
    from evals.places import Places

    proposals = propose(Places.read(args.folder), args.limit or N_PROPOSED)
    path = args.out or Path(f"{args.folder.resolve().name}-questions.jsonl")
    write_draft(proposals, path)
    print(
        f"{path} proposes {len(proposals)} paragraphs: write a question for each or delete its line, "
        f"then run `pilcrow eval check {path} --corpus {args.folder}`."
    )
    return 0


def _compare(before: str, after: str) -> int:
    from evals.compare import as_text
    from evals.saved import find_report, load

    print(as_text(load(find_report(before)), load(find_report(after))), end="")
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    sets = [_limited(questions, args.limit) for questions in _sets(args)]
    corpus = _corpus(args)
    with _open(args, corpus) as bot:
        broken = [sentence for questions in sets for sentence in _one_set(questions, bot, corpus, args)]
    for sentence in broken:
        print(f"gate broken: {sentence}", file=sys.stderr)
    return 1 if broken else 0


def _one_set(questions: QuestionSet, bot: Assistant, corpus: Path, args: argparse.Namespace) -> tuple[str, ...]:
    """Run and save one set and print its table; returns the broken gates."""
    from evals.gates import check_by_name
    from evals.harness import run_set
    from evals.report import as_text
    from evals.saved import report_of, save
    from evals.subjects import AssistantSubject

    report = report_of(run_set(questions, AssistantSubject.of(bot), corpus))
    path = args.out or Path("runs") / f"{report.set_name}-{report.generation}.json"
    save(report, path)
    _write_html(report, bot, corpus, args.html)
    _save_baseline(report, args.save_baseline)
    print(as_text(report))
    print(f"saved to {path}", file=sys.stderr)
    return check_by_name(report) if args.gates else ()


def _write_html(report: Report, bot: Assistant, corpus: Path, path: Path | None) -> None:
    from evals.html import write_html
    from evals.places import Places

    if path:
        write_html(report, Places.of(bot.documents, corpus), path)
        print(f"report written to {path}", file=sys.stderr)


def _save_baseline(report: Report, name: str | None) -> None:
    from evals.saved import save_baseline

    if name:
        print(f"baseline saved to {save_baseline(report, name)}", file=sys.stderr)


def _sets(args: argparse.Namespace) -> list[QuestionSet]:
    from evals.questions import find_set, load_questions

    names = args.sets or ["standard"]
    if len(names) > 1 and (args.out or args.html or args.save_baseline):
        raise EvalError("--out, --html and --save-baseline name one file, so they go with one --set.")
    return [load_questions(find_set(name)) for name in names]


def _limited(questions: QuestionSet, limit: int | None) -> QuestionSet:
    return replace(questions, questions=questions.questions[:limit])


def _corpus(args: argparse.Namespace) -> Path:
    from assistant import SAMPLE_CORPUS

    return args.corpus or SAMPLE_CORPUS


def _open(args: argparse.Namespace, corpus: Path) -> Assistant:
    from assistant import Assistant

    return Assistant.open(corpus, index=args.index, model=args.model, reranker=args.reranker, progress=_say)


def _say(stage: str, done: int, total: int) -> None:
    if done == total:
        print(f"{stage}: {done}", file=sys.stderr)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
