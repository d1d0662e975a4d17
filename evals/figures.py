"""Owns the list of figures: what each is called, which questions it is about and how they are pooled.

It does not own the metrics themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.metrics.abstention import rightly_silent, wrongly_silent
from evals.metrics.answer_string import answer_present
from evals.metrics.both_sides import both_sides
from evals.metrics.byte_equal import equal_share
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.dates_numbers import dates_numbers_stated
from evals.metrics.false_conflict import false_conflict
from evals.metrics.followup_ratio import followup_ratio
from evals.metrics.mrr import reciprocal_rank
from evals.metrics.ndcg import ndcg_at
from evals.metrics.novelty import novelty
from evals.metrics.partly import rightly_partly, wrongly_partly
from evals.metrics.percentile import percentile
from evals.metrics.recall import recall_at
from evals.metrics.redundancy import redundancy
from evals.metrics.risk_coverage import area
from evals.metrics.span_iou import span_iou
from evals.metrics.supported import supported_sentences
from evals.metrics.token_f1 import token_f1
from evals.metrics.words_shown import all_within
from evals.records import JudgedCitation, Record, Reply

Scores = Sequence[tuple[str, float]]
"""Values of one figure, each with the type of its question."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `per_question` gives None for a question it is not about, `pool` turns the rest into one number."""

    name: str
    says: str
    higher_is_better: bool
    per_question: Callable[[Record], float | None]
    pool: Callable[[Scores], float | None]
    unit: str = "share"


def mean(scores: Scores) -> float | None:
    """The mean of the values; None without any."""
    return sum(value for _, value in scores) / len(scores) if scores else None


def middle(scores: Scores) -> float | None:
    """The median of the values; None without any."""
    return percentile([value for _, value in scores], 0.5) if scores else None


def slow_end(scores: Scores) -> float | None:
    """The 95th percentile of the values; None without any."""
    return percentile([value for _, value in scores], 0.95) if scores else None


def followups_over_others(scores: Scores) -> float | None:
    """The mean over follow-up questions divided by the mean over all others.

    None where either is missing or the others are 0.
    """
    followups = [value for kind, value in scores if kind == "followup"]
    return followup_ratio(followups, [value for kind, value in scores if kind != "followup"])


def recall(k: int) -> Callable[[Record], float | None]:
    """Recall@k of an answerable question."""
    return lambda record: recall_at(record.ranking, len(record.needs), k) if record.needs else None


def within(budget: int) -> Callable[[Record], float | None]:
    """Whether an answerable question has all its evidence within `budget` words shown."""
    return lambda record: (
        all_within(record.ranking, record.lengths, len(record.needs), budget) if record.needs else None
    )


def replied(measure: Callable[[Record, Reply], float | None]) -> Callable[[Record], float | None]:
    """A measure of answerable questions that were put to something that answers."""
    return lambda record: measure(record, record.reply) if record.reply and record.needs else None


def _mrr(record: Record) -> float | None:
    return reciprocal_rank(record.ranking) if record.needs else None


def _ndcg(record: Record) -> float | None:
    return ndcg_at(record.ranking, len(record.needs)) if record.needs else None


def _redundancy(record: Record) -> float:
    return redundancy([hit.copy for hit in record.hits])


def _sound(record: Record) -> float | None:
    return sum(hit.sound for hit in record.hits) / len(record.hits) if record.hits else None


def _precision(record: Record, reply: Reply) -> float:
    return citation_precision([bool(citation.meets) for citation in reply.citations])


def _precision_if_answered(record: Record, reply: Reply) -> float | None:
    return _precision(record, reply) if reply.answered else None


def _citation_recall(record: Record, reply: Reply) -> float:
    return citation_recall([citation.meets for citation in reply.citations], len(record.needs))


def _both_sides(record: Record, reply: Reply) -> float | None:
    if record.question.type != "conflict":
        return None
    return both_sides([citation.meets for citation in reply.citations], len(record.needs))


def _string(record: Record, reply: Reply) -> float | None:
    question = record.question
    return answer_present(reply.said, question.answers, question.tags.all_answers) if question.answers else None


def _f1(record: Record, reply: Reply) -> float | None:
    question = record.question
    return token_f1(reply.said, question.answers, question.tags.all_answers) if question.answers else None


def _dates_numbers(record: Record, reply: Reply) -> float | None:
    question = record.question
    return dates_numbers_stated(reply.said, question.answers, question.tags.all_answers)


def _supported(record: Record, reply: Reply) -> float | None:
    gold = {citation.number for citation in reply.citations if citation.meets}
    return supported_sentences([said.citations for said in reply.sentences], gold) if reply.answered else None


def _false_abstention(record: Record) -> float | None:
    return wrongly_silent(record.question.answerable, record.reply.answered) if record.reply else None


def _abstention(record: Record) -> float | None:
    return rightly_silent(record.question.answerable, record.reply.answered) if record.reply else None


def _partly(record: Record, reply: Reply) -> float | None:
    return rightly_partly(record.question.tags.partly, reply.answered, reply.n_missing)


def _false_partly(record: Record, reply: Reply) -> float | None:
    return wrongly_partly(record.question.tags.partly, reply.answered, reply.n_missing)


def _equal(record: Record) -> float | None:
    return _cited(record, lambda citation: citation.equal)


def _whole(record: Record) -> float | None:
    return _cited(record, lambda citation: citation.whole)


def _own(record: Record) -> float | None:
    return _cited(record, lambda citation: citation.found)


def _repeated(record: Record) -> float | None:
    if record.reply is None or not record.reply.citations:
        return None
    said = [" ".join(citation.quote.casefold().split()) for citation in record.reply.citations]
    return 1 - len(set(said)) / len(said)


def _cited(record: Record, holds: Callable[[JudgedCitation], bool]) -> float | None:
    """The share of an answer's citations of which something holds; None without citations."""
    return equal_share([holds(citation) for citation in record.reply.citations]) if record.reply else None


def _novelty(record: Record) -> float | None:
    if record.reply is None:
        return None
    quotes = {citation.number: citation.quote for citation in record.reply.citations}
    said = record.reply.sentences
    return novelty([(sentence.text, [quotes[n] for n in sentence.citations if n in quotes]) for sentence in said])


def _iou(record: Record, reply: Reply) -> float:
    return span_iou([citation.overlaps for citation in reply.citations], len(record.needs))


def _false_conflict(record: Record) -> float | None:
    reply, question = record.reply, record.question
    about_conflict = question.type == "conflict" or question.tags.disputed
    return false_conflict(reply.disagreements, reply.answered, about_conflict) if reply else None


def signed_confidence(record: Record) -> float | None:
    """How sure the answer is, below 0 when it is wrong: one more than its confidence, so that the sign is free.

    Right is an answer that cites a needed paragraph; where it kept silent, a best hit that shows one.
    """
    if not record.hits:
        return None
    reply = record.reply
    sure = reply.confidence if reply and reply.confidence is not None else record.hits[0].score
    told = any(citation.meets for citation in reply.citations) if reply and reply.answered else record.hits[0].meets
    return (1 + max(0.0, sure)) * (1 if told else -1)


def risk_area(scores: Scores) -> float | None:
    """The area under risk against coverage of signed confidences."""
    return area([(abs(value), value > 0) for _, value in scores])


def _ms(record: Record) -> float | None:
    return record.answer_ms if record.reply else None


def _encodings(record: Record) -> float | None:
    return record.answer_ms / record.encode_ms if record.reply and record.encode_ms else None


FIGURES: tuple[Figure, ...] = (
    Figure("recall_1", "needed paragraphs shown by the first hit", True, recall(1), mean),
    Figure("recall_3", "needed paragraphs shown by the first 3 hits", True, recall(3), mean),
    Figure("recall_5", "needed paragraphs shown by the first 5 hits", True, recall(5), mean),
    Figure("recall_10", "needed paragraphs shown by the first 10 hits", True, recall(10), mean),
    Figure("mrr_10", "one over the rank of the first useful hit", True, _mrr, mean),
    Figure("ndcg_10", "how early the needed paragraphs come", True, _ndcg, mean),
    Figure("within_150", "all evidence within 150 words shown", True, within(150), mean),
    Figure("within_300", "all evidence within 300 words shown", True, within(300), mean),
    Figure(
        "followup_ratio",
        "within 300 words: follow-ups over the rest",
        True,
        within(300),
        followups_over_others,
        "ratio",
    ),
    Figure("redundancy", "of the first 10 hits, copies of one above", False, _redundancy, mean),
    Figure("sound_hits", "hits that are their file's text, in one article", True, _sound, mean),
    Figure(
        "citation_precision",
        "citations to gold paragraphs, where answered",
        True,
        replied(_precision_if_answered),
        mean,
    ),
    Figure("citation_precision_all", "the same, silence counted as 0", True, replied(_precision), mean),
    Figure("supported_sentences", "sentences that cite a gold paragraph", True, replied(_supported), mean),
    Figure("citation_recall", "needed paragraphs cited", True, replied(_citation_recall), mean),
    Figure("span_iou", "how exactly citations cover the gold words", True, replied(_iou), mean),
    Figure("both_sides", "conflicts with every side cited", True, replied(_both_sides), mean),
    Figure("false_conflict", "other questions told as a disagreement", False, _false_conflict, mean),
    Figure("answer_string", "expected answer found in what was said", True, replied(_string), mean),
    Figure("dates_numbers", "expected dates and numbers stated", True, replied(_dates_numbers), mean),
    Figure("token_f1", "words shared with the expected answer", True, replied(_f1), mean),
    Figure("novelty", "said words that the cited spans lack", False, _novelty, mean),
    Figure("abstention", "unanswerable questions left unanswered", True, _abstention, mean),
    Figure("false_abstention", "answerable questions left unanswered", False, _false_abstention, mean),
    Figure("partly", "partial answers that say a part is missing", True, replied(_partly), mean),
    Figure("false_partly", "whole answers said to miss a part", False, replied(_false_partly), mean),
    Figure("risk_coverage", "area: wrong among the surest answers", False, signed_confidence, risk_area),
    Figure("byte_equal", "citations equal to their file, byte for byte", True, _equal, mean),
    Figure("whole_words", "citations that cut no word", True, _whole, mean),
    Figure("own_citations", "citations found for this very question", True, _own, mean),
    Figure("repeated_citations", "citations that quote words already cited", False, _repeated, mean),
    Figure("latency_p50_ms", "milliseconds to an answer, middle", False, _ms, middle, "ms"),
    Figure("latency_p95_ms", "milliseconds to an answer, slow end", False, _ms, slow_end, "ms"),
    Figure("latency_p50_ratio", "the same in encodings of one query, middle", False, _encodings, middle, "ratio"),
    Figure("latency_p95_ratio", "the same in encodings of one query, slow end", False, _encodings, slow_end, "ratio"),
)

BY_NAME = {figure.name: figure for figure in FIGURES}
