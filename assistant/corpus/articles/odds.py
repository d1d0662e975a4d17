"""Owns the odds of a boundary: learned weights of what can be counted, and set ones for what a text states. It does not own merging.

The glued texts that weights are learned from hold no datelines, bylines or words of farewell, so what these are worth is set here by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.corpus.articles.features import gap_features
from assistant.corpus.articles.page import Page
from assistant.corpus.articles.weights import INTERCEPT, WEIGHTS

PRIOR = 0.5
"""Of the files learned from more are single articles than of those that people keep; by so much a boundary is likelier here."""
FLOOR = -4.0
"""However much two runs have in common, a stated break counts against no more than this."""
INTRUDING = -2.0
"""Odds of a line that looks like a headline in a file that does not open with one, or has another short line under that."""
LOOK_BACK = 3
"""Stretches within which a second opening is that of the same article."""
STATED: Mapping[str, float] = {
    "farewell": 6.0,
    "rule": 2.5,
    "date_label": 6.0,
    "date_line": 2.0,
    "dateline": 3.0,
    "byline": 4.0,
    "media_opening": 5.0,
    "reader_question": 3.0,
    "lead": 1.4,
}
"""`lead`: of 602 BBC reports (Greene and Cunningham, ICML 2006) 8.5 % open with what is new, as `A ferry …`, and of their other paragraphs 2.1 %."""


def log_odds(page: Page, start: int, at: int, end: int) -> float:
    """Log odds of a boundary before stretch `at`, where the runs `start:at` and `at:end` meet."""
    features = gap_features(page, start, at, end)
    learned = PRIOR + INTERCEPT + sum(weight * features[name] for name, weight in WEIGHTS.items())
    stated = stated_odds(page, at)
    if stated:
        return max(learned, FLOOR) + stated
    return learned + INTRUDING * _intrudes(page, at)


def _intrudes(page: Page, at: int) -> bool:
    """Whether a line looks like a headline, but not as the file opens with one: then it is rather a heading within an article."""
    opening, stretch = page.stretches[0], page.stretches[at]
    if not stretch.first.headline:
        return False
    under, over = stretch.second, opening.second
    return not opening.first.headline or (over is not None and over.short and under is not None and not under.short)


def stated_odds(page: Page, at: int) -> float:
    """What the text itself states of a break before stretch `at`."""
    before, stretch = page.stretches[at - 1], page.stretches[at]
    first = stretch.first
    opened = any(s.first.media_opening or s.first.reader_question for s in page.stretches[max(0, at - LOOK_BACK) : at])
    stated = {
        "farewell": any(cues.ending or cues.closing for cues in before.tail),
        "rule": any(cues.rule for cues in before.tail),
        "date_label": first.date_label,
        "date_line": first.date_line,
        "dateline": first.dateline,
        "byline": first.byline or (first.headline and stretch.second is not None and stretch.second.byline),
        "media_opening": first.media_opening and not opened,
        "reader_question": first.reader_question and not opened,
        "lead": first.indefinite and not (first.short or first.ends_open or first.mark or before.last.ends_open),
    }
    return sum(STATED[name] for name, holds in stated.items() if holds)
