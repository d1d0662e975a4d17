"""Owns what a question takes for granted to have happened, and whether the documents tell of it. It does not own decisions. English only.

Some events are told in few ways: who was released was freed or let go, who divorced split up. Where a question asks why, when or how one of
them came about, and nothing near says it in any of its words, it did not happen as far as the documents know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.around import PARAGRAPHS_BESIDE, asked_names, names_around, texts_around
from assistant.answering.extract import Extract
from assistant.types import Evidence

_BESIDE = 2
_ASKS_OF_IT = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:(?:on|in|at|by|to|for|from|after|since|until|with|of|under) )?(?:why|when|how|where|what|which|who|whom|whose)\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:would|could|might|may|should|if|or|not|never|will|plans?|planned|planning|wants?|wanted|hopes?|threaten\w*|risks?|fears?|nearly|almost|try"
    r"|tries|tried|trying|attempt\w*|can|avoid\w*|about|rather|instead)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words under which an event need not have happened."""
_EVENTS = (
    (
        r"divorc\w+|separat(?:ed?|ing) from|split up|br(?:eak|oke) up",
        r"divorc|separat|split|br[eo]\w*k\w* up|left (?:him|her)|ex-",
    ),
    (
        r"releas(?:ed?|ing)|freed|let out",
        r"releas|freed|set free|let (?:\w+ ){0,3}?(?:out|go)\b|bail|discharg|out of (?:jail|prison|custody)|no longer (?:held|detained)|liberat",
    ),
    (r"escap(?:ed?|ing)|broke out", r"escap|fle[ed]|g[eo]t (?:away|out)|br[eo]\w*k\w* (?:out|free)|r[au]n away|slip"),
    (
        r"deport(?:ed|ing|s)?|expel(?:led)?",
        r"deport|expel|expuls|remov(?:ed|al) from|(?:sen[dt]|sending|fl[oe]wn?|taken) (?:(?:him|her|them|me|us|back|[A-Z]\w+) )?(?:back|home)\b",
    ),
    (
        r"arrest(?:ed)?|detain(?:ed)?|jailed|imprison(?:ed)?",
        r"arrest|deten|detain|custody|seiz|caught|jail|prison|imprison|raid|summon|handcuff|held\b|grabb|cells?\b|captur|taken (?:in|to)",
    ),
    (
        r"convict(?:ed|ion)?|sentenced?|found guilty|pleaded",
        r"convict|sentenc|guilty|verdict|trials?\b|plea|jailed for|imprisoned for|years in (?:prison|jail)|life in prison",
    ),
    (
        r"fired|dismissed|sacked|laid off",
        r"fir(?:ed|ing)\b|dismiss|sack|l[ai][iy]d? off|lay\w* off|lost (?:his|her|their) jobs?|let go|furlough",
    ),
    (r"resign(?:ed|s|ing)?|step(?:ped)? down", r"resign|step\w* down|quit|left|leav|replac|former|stood down"),
    (
        r"withdr[ae]w\w*|abandon(?:ed|ing)?|call(?:ed)? off",
        r"withdr|abandon|drop(?:s|ped|ping)?\b|g[ai]v\w+ up|pull\w* out|call\w* off|scrap|cancel",
    ),
    (
        r"shut (?:down|its|their|his|her|the)|shuts? down|clos(?:ed?|ing)(?: down)?",
        r"shut|clos(?:e|ed|ing|ure)\b|end(?:ed|s|ing)?\b|discontinu|wound up|dissol|ceas|defunct|cancel|suspen|terminat|halt",
    ),
    (r"apologi[sz]\w+|apology|apologies", r"apolog|sorry|regret|retract|forgiv"),
    (r"born", r"born|birth|native of|gr[eo]w\w* up|childhood|originally|raised|hails|c[ao]mes? from"),
    (
        r"granted|awarded",
        r"grant|award|approv|accept|g[ai]ve|giving|receiv|w[io]n\b|success|allow|obtain|recogni|reward|honou?r|prize",
    ),
    (
        r"refus(?:ed?|ing)|declin(?:ed?|ing) to",
        r"refus|declin|reject|den(?:y|ied)|turn\w* (?:down|away)|unwilling|would(?: not|n['’]t)|did(?: not|n['’]t) want|oppos",
    ),
)
_TOLD = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{told})", re.IGNORECASE))
    for asked, told in _EVENTS
)


def untold(question: str, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> str | None:
    """The word of the question for an event of which nothing near what it names tells in any words; None where there is none."""
    if not _ASKS_OF_IT.match(question):
        return None
    for asked, told in _TOLD:
        found = asked.search(question)
        supposed = found is None or _SUPPOSES.search(question[: found.start()])
        if found and not supposed and not any(told.search(text) for text in _texts(question, evidence, chosen)):
            return found[0]
    return None


def _texts(question: str, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> set[str]:
    """The paragraphs around the sentences chosen, and around the passages that have most of the question's names near."""
    asked = asked_names(question)
    held = [names_around(item, asked, PARAGRAPHS_BESIDE) for item in evidence]
    most = max(map(len, held), default=0)
    about = [item for item, found in zip(evidence, held, strict=True) if len(found) == most]
    return {text for item in (*about, *(one.evidence for one in chosen)) for text in texts_around(item, _BESIDE)}
