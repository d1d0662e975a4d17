"""Owns reading the public sets that the Reader is trained and measured on, and their checksums. It does not own how a page is cut.

SQuADShifts (Miller et al. 2020), NQ-open with its gold passages (Kwiatkowski et al. 2019, Lee et al. 2019, Liu et al. 2023), ClapNQ
(Rosenthal et al. 2024) and OMoS-QA (Kleinle et al. 2024) are trained on; OMoS-QA's dev split and XQuAD (Artetxe et al. 2020) only measured with.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings import file_sha256
from evals.errors import SourceUnreadable
from evals.training.recipe import SOURCE_WEIGHTS
from evals.training.texts import Page, Span, Texts

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a public set, by its path below the folder of all sets, and what reads its pages."""

    name: str
    path: str
    pages: Callable[[Path], Iterator[Page]]


def hashes(folder: Path, names: Collection[str]) -> dict[str, str]:
    """The sha256 of every file of these sources, by its path; raises SourceUnreadable, naming all that are missing."""
    paths = [source.path for source in SOURCES if source.name in names]
    missing = [path for path in paths if not (folder / path).is_file()]
    if missing:
        raise SourceUnreadable(f"{folder} lacks {', '.join(missing)}; name the folder of the public sets with --sets.")
    return {path: file_sha256(folder / path) for path in paths}


def read_texts(folder: Path, names: Collection[str], limit: int | None = None) -> Texts:
    """All passages and questions of these sources, or of each file the pages of its first `limit` questions; raises SourceUnreadable."""
    texts = Texts()
    for source in (source for source in SOURCES if source.name in names):
        for page in _read(source, folder / source.path, limit):
            texts.add(page, source.name)
    return texts


def _read(source: Source, path: Path, limit: int | None) -> Iterator[Page]:
    n_questions = 0
    try:
        for page in source.pages(path):
            yield page
            n_questions += len(page.questions)
            if limit is not None and n_questions >= limit:
                return
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise SourceUnreadable(f"{path} is not as its authors published it ({error!r}); fetch it again.") from error


def _squad(path: Path, titled: bool = False) -> Iterator[Page]:
    """SQuAD's shape; of several answers the span that most people marked."""
    for article in json.loads(path.read_text("utf-8"))["data"]:
        title = str(article["title"]).replace("_", " ") if titled else ""
        for paragraph in article["paragraphs"]:
            questions = tuple((str(asked["question"]), (_marked(asked["answers"]),)) for asked in paragraph["qas"])
            yield Page(str(paragraph["context"]), questions, title)


def _marked(answers: list[Record]) -> Span:
    spans = Counter((int(each["answer_start"]), int(each["answer_start"]) + len(each["text"])) for each in answers)
    return spans.most_common(1)[0][0]


def _nq(path: Path) -> Iterator[Page]:
    """The set gives answers without their place: the first of them in the gold passage, where it is said first."""
    for record in _records(path):
        gold = record["ctxs"][0]
        folded = str(gold["text"]).lower()
        answer = next((str(each).lower() for each in record["answers"] if str(each).lower() in folded), None)
        start = folded.find(answer or "")
        asked = ((str(record["question"]), ((start, start + len(answer)),)),) if answer else ()
        yield Page(str(gold["text"]), asked, str(gold["title"]))


def _clapnq(path: Path) -> Iterator[Page]:
    """Answers are sentences that were selected, given by their words; what is selected of an unanswerable one is nothing."""
    for record in _records(path):
        gold = record["passages"][0]
        text = str(gold["text"])
        starts = [(text.find(each), len(each)) for each in record["output"][0]["selected_sentences"] or ()]
        spans = tuple((start, start + length) for start, length in starts if start >= 0)
        asked = ((str(record["input"]), spans),) if spans or not starts else ()
        yield Page(text, asked, str(gold["title"]))


def _omos(path: Path) -> Iterator[Page]:
    """Answers are lines; many questions share a page."""
    pages: dict[str, list[tuple[str, tuple[Span, ...]]]] = {}
    for record in _records(path):
        lines = _line_spans(str(record["context"]))
        spans = tuple(lines[number] for number in record["answers"])
        pages.setdefault(str(record["context"]), []).append((str(record["question"]), spans))
    for text, questions in pages.items():
        yield Page(text, tuple(questions), by_line=True)


def _line_spans(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _records(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


SOURCES = (
    Source("new_wiki", "squadshifts/new_wiki_v1.0.json", lambda path: _squad(path, titled=True)),
    Source("amazon_reviews", "squadshifts/amazon_reviews_v1.0.json", _squad),
    Source("reddit", "squadshifts/reddit_v1.0.json", _squad),
    Source("nq", "nq_open/nq-open-oracle.jsonl.gz", _nq),
    Source("clapnq", "clapnq/clapnq_dev_answerable.jsonl", _clapnq),
    Source("clapnq", "clapnq/clapnq_dev_unanswerable.jsonl", _clapnq),
    Source("omos_train", "omos_qa/splits/train_en.jsonl", _omos),
    Source("omos_dev", "omos_qa/splits/dev_en.jsonl", _omos),
    Source("xquad", "xquad/xquad.en.json", _squad),
)

TRAINED = frozenset(SOURCE_WEIGHTS)
MEASURED = frozenset({"omos_train", "omos_dev", "xquad"})
