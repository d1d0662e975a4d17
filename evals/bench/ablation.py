"""Owns `python -m evals.bench.ablation`: what each part of finding and choosing brings and costs, one left out at a time.

It does not own the parts: each is left out by the `Method` that the assistant is opened with, and everything else is as it is published. A
difference is told where its 95 % interval over the same questions leaves out 0. A cost is the processor time of an answer, all threads together, in
encodings of one query: the clock would also count what else the machine does while one row after another is measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from assistant import PUBLISHED, SAMPLE_CORPUS, Assistant, Method, PilcrowError
from evals.compare import Change, changes
from evals.errors import EvalError
from evals.harness import run_set
from evals.metrics.percentile import percentile
from evals.questions import Question, find_set, load_questions
from evals.saved import BASELINES, Report, report_of
from evals.subjects import AssistantSubject

SHARED = Path(__file__).resolve().parents[3] / "shared"
SETS = ("standard", "hard", "dev")
SHOWN = (
    "within_150",
    "within_300",
    "mrr_10",
    "citation_precision",
    "citation_recall",
    "abstention",
    "false_abstention",
)
COSTS = ("cost_p50", "cost_p95")
N_COSTED = 40
"""Questions, the first of a set, whose cost is taken: the middle and the slow end of so many are steady enough."""
WHOLE = "all of it"
WITHOUT: tuple[tuple[str, Method], ...] = (
    (WHOLE, PUBLISHED),
    ("without bm25 fusion", replace(PUBLISHED, lexical=0.0)),
    ("without kind bonuses", replace(PUBLISHED, kind=0.0, sentence_kind=0.0)),
    ("without the document around", replace(PUBLISHED, document=0.0)),
    ("without leaving names out", replace(PUBLISHED, unnamed=0.0)),
    ("without late interaction", replace(PUBLISHED, late=0.0, sentence_late=0.0)),
    ("without the Reader", replace(PUBLISHED, reading=0.0, sentence_read=0.0)),
    ("without sentence vectors", replace(PUBLISHED, sentence=0.0)),
    ("without abstaining", replace(PUBLISHED, abstains=False)),
    ("without context in the vector", replace(PUBLISHED, context=0.0)),
    ("vectors of passages alone", Method(*(0.0,) * 11, abstains=False)),
)
"""The rows; the last two need an index of their own, which costs no embedding, so they come last."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A question set, the folder it is about, and where the index of that folder lies."""

    name: str
    path: Path
    corpus: Path
    index: Path


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the sets named, print a table each, and write what was found; 1 for a known error, told in one sentence."""
    args = _parser().parse_args(argv)
    try:
        with TemporaryDirectory() as folder:
            settings = tuple(_settings(args.sets, args.corpus or SAMPLE_CORPUS, args.work or Path(folder)))
            found = {setting.name: measured(setting, args.model) for setting in settings}
    except (EvalError, PilcrowError) as error:
        print(f"evals.bench.ablation: {error}", file=sys.stderr)
        return 1
    print("\n\n".join(f"{name}\n\n" + "\n".join(table(rows)) for name, rows in found.items()))
    if args.save:
        save(BASELINES / "ablation.json", found)
    return 0


def measured(setting: Setting, model: str | None) -> dict[str, dict[str, Any]]:
    """One row a method: its figures, and the difference each makes to the whole with its interval."""
    questions = load_questions(setting.path)
    rows: dict[str, dict[str, Any]] = {}
    whole: Report | None = None
    for name, method in WITHOUT:
        with Assistant.open(setting.corpus, index=setting.index, model=model, method=method) as bot:
            report = report_of(run_set(questions, AssistantSubject.of(bot), setting.corpus))
            spent = costs(bot, questions.questions[:N_COSTED])
        whole = whole or report
        rows[name] = {**row_of(whole, report), **spent}
        print(f"{setting.name}: {name}, {report.seconds:.0f} s", file=sys.stderr)
    return rows


def costs(bot: Assistant, questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    """Middle and slow end of the processor time of an answer, in encodings of one query; each question was asked before, so caches are warm."""
    encodings, answers = [], []
    for question in questions:
        encodings.append(processor_time(bot.warm))
        answers.append(processor_time(partial(bot.answer, question.question, history=question.history)))
    one = median(encodings)
    ends = zip(COSTS, (0.5, 0.95), strict=True)
    return {name: {"value": round(percentile(answers, share) / one, 3), "n": len(answers)} for name, share in ends}


def processor_time(work: Callable[[], object]) -> float:
    """Seconds that all threads of this process computed while the work was done."""
    began = process_time()
    work()
    return process_time() - began


def row_of(whole: Report, report: Report) -> dict[str, Any]:
    """Value, number of questions, and difference to the whole (None: nothing to compare) of each figure that is shown."""
    moved = {change.figure.name: change for change in changes(whole, report)}
    return {name: _cell(report, moved.get(name)) for name in SHOWN if name in report.figures}


def table(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """A Markdown table: values, and in brackets the difference to the whole where it is beyond chance."""
    columns = (*SHOWN, *COSTS)
    yield "| | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, row in rows.items():
        yield f"| {name} | " + " | ".join(_shown(row[column]) if column in row else "·" for column in columns) + " |"


def save(path: Path, found: Mapping[str, Mapping[str, Any]]) -> None:
    """Write figures and no word of a document; sets that did not run keep theirs."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    path.write_text(json.dumps({**kept, **found}, indent=1) + "\n", encoding="utf-8")


def _cell(report: Report, change: Change | None) -> dict[str, Any]:
    assert change is not None, "a report holds what it is compared with"
    value = report.figures[change.figure.name]
    bounds = {"low": _rounded(change.low), "high": _rounded(change.high), "beyond_chance": change.beyond_chance}
    moved = round(change.after - change.before, 4)
    return {"value": round(value.value, 4), "n": value.n, "difference": moved, **bounds}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(cell: Mapping[str, Any]) -> str:
    moved = f" ({cell['difference']:+.3f})" if cell.get("beyond_chance") else ""
    return f"{cell['value']:.3f}{moved}"


def _settings(names: Sequence[str], corpus: Path, work: Path) -> Iterator[Setting]:
    for name in names:
        if name != "dev":
            yield Setting(Path(name).stem, find_set(name), corpus, work / "index")
        elif (SHARED / "gold" / "dev.jsonl").is_file():
            yield Setting(name, SHARED / "gold" / "dev.jsonl", SHARED / "seeds", work / "shared")
        else:
            print("evals.bench.ablation: dev is left out, as there is no folder ../shared.", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.ablation")
    add = parser.add_argument
    add("--sets", nargs="+", default=list(SETS), metavar="NAME", help="question sets (default: standard hard dev)")
    add("--corpus", type=Path, metavar="DIR", help="folder that they are about (default: the sample); dev has its own")
    add("--model", metavar="NAME", help="embedding model")
    add("--work", type=Path, metavar="DIR", help="keep the indexes here, so that a second run embeds nothing")
    add("--save", action="store_true", help="also write evals/baselines/ablation.json")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
