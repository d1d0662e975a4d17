"""Owns novelty: what an answer says that the words it cites do not. It does not own whether those words are right."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.words import comparable

FUNCTION_WORDS = frozenset(
    """
    about after again all also am and any are as at be because been before being both but by can could did do
    does during each either else for from had has have he her here hers him his how if in into is it its just
    may me might more most must my no nor not now of off on once one only or other our out over own same shall
    she should so some such than that their them then there these they this those through to too under until up
    us very was we were what when where which while who whom whose why will with without would yes yet you your
    """.split()  # noqa: SIM905
)


def novelty(said: Sequence[tuple[str, Sequence[str]]]) -> float | None:
    """Share of the distinct content words, numbers and names of each sentence that stand in none of the spans it cites.

    said: each sentence with the quotes it cites.  None for an answer without such words.
    """
    told = [(content_words(sentence), content_words(" ".join(quotes))) for sentence, quotes in said]
    n_words = sum(len(words) for words, _ in told)
    return sum(len(words - cited) for words, cited in told) / n_words if n_words else None


def content_words(text: str) -> frozenset[str]:
    """The words of a text made comparable, function words left out; numbers and names are words too."""
    return frozenset(word for word in comparable(text) if word not in FUNCTION_WORDS)
