"""Owns what counts as gold: the needs of a question and the paragraphs that meet each. It does not own any score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.errors import EvidenceMisplaced
from evals.places import Part, Places
from evals.questions import EvidenceItem, Question
from evals.tags import Line


@dataclass(frozen=True, slots=True)
class Need:
    """Something an answer must rest on; any one of `targets` meets it. None means that its line is in no paragraph."""

    targets: tuple[Part, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the acceptable paragraphs."""
        return frozenset(target.key for target in self.targets)

    def shown_by(self, parts: Iterable[Part]) -> bool:
        """Whether some part shows most of the quoted words of a target."""
        return any(part.shows_most_of(target) for part in parts for target in self.targets)

    def covered_by(self, parts: Iterable[Part]) -> float:
        """How exactly the best of the parts covers the quoted words of a target."""
        return max((part.likeness(target) for part in parts for target in self.targets), default=0.0)


def needs_of(question: Question, places: Places) -> tuple[Need, ...]:
    """The needs of a question, copies and [dup]/[alt] lines merged.

    Empty when it is unanswerable. Raises EvidenceMisplaced.
    """
    try:
        found = [_targets(item, question, places) for item in question.evidence]
    except EvidenceMisplaced as error:
        raise EvidenceMisplaced(f"Question {question.id}: {error}") from error
    if question.evidence_any:
        found = [tuple(target for targets in found for target in targets)] if found else []
    return _distinct(Need(tuple(dict.fromkeys(targets))) for targets in found)


def check_quotes(questions: Sequence[Question], places: Places) -> tuple[str, ...]:
    """One sentence for every question whose evidence does not stand where it says; empty when all is well."""
    problems = []
    for question in questions:
        try:
            needs = needs_of(question, places)
        except EvidenceMisplaced as error:
            problems.append(str(error))
        else:
            problems += [
                f"Question {question.id}: a line of its evidence is in no paragraph." for n in needs if not n.targets
            ]
    return tuple(problems)


def _distinct(needs: Iterable[Need]) -> tuple[Need, ...]:
    first: dict[frozenset[str], Need] = {}
    for need in needs:
        first.setdefault(need.keys, need)
    return tuple(first.values())


def _targets(item: EvidenceItem, question: Question, places: Places) -> tuple[Part, ...]:
    source = places.source(item.file)
    quoted = source.parts(*source.quote_span(item.line, item.quote))
    return quoted + tuple(part for line in _substitutes(item, question, places) for part in _line_parts(line, places))


def _substitutes(item: EvidenceItem, question: Question, places: Places) -> list[Line]:
    here = _keys(Line(item.file, item.line), places)
    either_way = [*question.tags.same, *((other, listed) for listed, other in question.tags.same)]
    return [other for listed, other in (*question.tags.instead, *either_way) if here & _keys(listed, places)]


def _keys(line: Line, places: Places) -> frozenset[str]:
    return frozenset(part.key for part in _line_parts(line, places))


def _line_parts(line: Line, places: Places) -> tuple[Part, ...]:
    source = places.source(line.file)
    return source.parts(*source.line_span(line.line))
