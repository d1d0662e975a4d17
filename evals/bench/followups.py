"""Owns `python -m evals.bench.followups`: how near a follow-up, as it is understood and as it is searched for, comes to a person's rewrite.

It does not own the sets (TREC CAsT 2019 and 2020, MTRAG), none of which comes with it, nor what a question takes over.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evals.bench.public.measures import ndcg
from evals.bench.public.opened import OpenedPool
from evals.bench.public.options import parser_of
from evals.errors import EvalError
from evals.loaders import Asked, mtrag_pool
from evals.loaders.imported import read, read_text
from evals.saved import BASELINES

if TYPE_CHECKING:
    from assistant import Assistant

SAVED = BASELINES / "followups.json"
DOMAINS = ("clapnq", "cloud")
TEST_MODEL = "hashing-256"
HALVES = ("one half", "other half")
_PRONOUN = re.compile(
    r"\b(?:its?|they|them|theirs?|he|him|his|she|hers?|this|that|these|those|ones?)\b(?!['’])", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_LITTLE = frozenset(
    """
    a about after all also am an and any are as at be been before being between both but by can could did do does
    doing during each either for from get had has have he her hers him his how i if in into is it its just like
    made make many may me more most much must my no nor not of off on one or other our out over please s she
    should so some such t tell than that the their theirs them then there these they this those through to too
    under until up us very was we were what when where whether which while who whom whose why will with within
    without would you your
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A question in its conversation, a person's rewrite of it, and what a system made of it."""

    asked: str
    rewrite: str
    made: str

    @property
    def wanted(self) -> frozenset[str]:
        """The stems that the person added."""
        return stems(self.rewrite) - stems(self.asked)

    @property
    def added(self) -> frozenset[str]:
        """The stems that the system added."""
        return stems(self.made) - stems(self.asked)

    @property
    def had_pronoun(self) -> bool:
        """Whether the person put a pronoun into words."""
        return len(_PRONOUN.findall(self.asked)) > len(_PRONOUN.findall(self.rewrite))


@dataclass(frozen=True, slots=True)
class Conversation:
    """Its questions, the chat messages before each, the rewrites, and a published system's rewrites, "" where there is none."""

    asked: tuple[str, ...]
    rewrites: tuple[str, ...]
    published: tuple[str, ...]

    def later(self, made: Sequence[str]) -> Iterator[Turned]:
        """Every turn but the first."""
        for n in range(1, len(self.asked)):
            yield Turned(self.asked[n], self.rewrites[n], made[n])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, save them where asked; 1 for a known error, told in one sentence."""
    from assistant import PilcrowError

    args = _parser().parse_args(argv)
    found: dict[str, Mapping[str, Mapping[str, float]]] = {}
    try:
        with TemporaryDirectory() as folder, _empty_handed(Path(folder)) as bot:
            found |= {name: table for name, table in _rewording(bot, args.sets)}
        if not args.no_search:
            for domain in DOMAINS:
                found[f"search mtrag-{domain}"] = searched(args, domain)
    except (EvalError, PilcrowError) as error:
        print(f"evals.bench.followups: {error}", file=sys.stderr)
        return 1
    print("\n\n".join(_printed(name, table) for name, table in found.items()))
    if args.save:
        args.save.write_text(json.dumps(_as_saved(found, args), indent=1) + "\n", encoding="utf-8")
    return 0


def scores(turns: Iterable[Turned]) -> dict[str, float]:
    """Precision, recall and F1 over all added stems (micro), and the share of turns that add just what the person did.

    `pronouns` is that share over turns of which the person put a pronoun into words.
    """
    turns = list(turns)
    right = sum(len(turn.wanted & turn.added) for turn in turns)
    n_added, n_wanted = (sum(map(len, sets)) for sets in zip(*((t.added, t.wanted) for t in turns), strict=True))
    pronouns = [turn.wanted == turn.added for turn in turns if turn.had_pronoun]
    return {
        "precision": right / n_added if n_added else 0.0,
        "recall": right / n_wanted if n_wanted else 0.0,
        "f": 2 * right / (n_added + n_wanted) if n_added + n_wanted else 0.0,
        "exact": sum(turn.wanted == turn.added for turn in turns) / len(turns),
        "pronouns": sum(pronouns) / len(pronouns) if pronouns else 0.0,
        "turns": len(turns),
    }


def stems(text: str) -> frozenset[str]:
    """Its words that carry meaning, without an ending of number; the bench's own, that it may not agree with itself."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _LITTLE)


def half(identity: str) -> str:
    """The half of MTRAG a conversation is in: its id, before the mark of the turn, by its md5."""
    conversation = identity.partition("<::>")[0].encode()
    return HALVES[int(hashlib.md5(conversation, usedforsecurity=False).hexdigest(), 16) % 2]


def cast_2019(folder: Path) -> list[Conversation]:
    """The evaluation topics that people resolved; raises SourceUnreadable."""
    path = folder / "2019_evaluation_topics_annotated_resolved_v1.0.tsv"
    topics = _json(folder / "2019_evaluation_topics_v1.0.json")
    told = read(path, lambda: dict(line.split("\t", 1) for line in read_text(path).splitlines()))
    asked = {
        t["number"]: {f"{t['number']}_{u['number']}": u["raw_utterance"].strip() for u in t["turn"]} for t in topics
    }
    resolved = [list(turns.items()) for turns in asked.values() if all(key in told for key in turns)]
    return [
        Conversation(tuple(text for _, text in turns), tuple(told[key] for key, _ in turns), ("",) * len(turns))
        for turns in resolved
    ]


def cast_2020(folder: Path) -> list[Conversation]:
    """The evaluation topics with people's rewrites and the organisers' automatic ones; raises SourceUnreadable."""
    forms = ("raw_utterance", "manual_rewritten_utterance", "automatic_rewritten_utterance")
    topics = _json(folder / "2020_manual_evaluation_topics_v1.0.json")
    return [Conversation(*(tuple(u[form].strip() for u in topic["turn"]) for form in forms)) for topic in topics]


def searched(args: argparse.Namespace, domain: str) -> dict[str, dict[str, float]]:
    """nDCG@10 of the last turn alone, with its turns and as a person rewrote it, over each half of the conversations and over all."""
    pool = mtrag_pool(args.sets / "mtrag", domain, args.passages or None)
    opened = OpenedPool.open(pool, args.work, args.model, quiet=args.quiet)
    asked = pool.asked
    values = {one.id: _three(opened, one) for one in opened.each(asked, f"mtrag-{domain}", quiet=args.quiet)}
    groups = {name: [values[one.id] for one in asked if half(one.id) == name] for name in HALVES}
    groups["all"] = list(values.values())
    groups["all with turns before"] = [values[one.id] for one in asked if one.history]
    return {name: _means(found) for name, found in groups.items() if found}


def _three(opened: OpenedPool, one: Asked) -> tuple[float, ...]:
    asked = ((one.text, ()), (one.text, one.history), (one.rewrite, ()))
    return tuple(ndcg(opened.ranking(text, 10, history), one.files) for text, history in asked)


def _means(found: Sequence[Sequence[float]]) -> dict[str, float]:
    last, turns, rewrite = (sum(values) / len(found) for values in zip(*found, strict=True))
    way = (turns - last) / (rewrite - last) if rewrite != last else 0.0
    return {"last turn": last, "with history": turns, "rewrite": rewrite, "way": way, "questions": len(found)}


def _rewording(bot: Assistant, sets: Path) -> Iterator[tuple[str, dict[str, dict[str, float]]]]:
    for name, conversations in (("CAsT 2019", cast_2019(sets / "cast")), ("CAsT 2020", cast_2020(sets / "cast"))):
        systems = {"as asked": [one.asked for one in conversations]}
        if any(any(one.published) for one in conversations):
            systems["published automatic rewrite"] = [one.published for one in conversations]
        systems["Pilcrow"] = [understood(bot, one) for one in conversations]
        yield (
            f"rewording {name}",
            {
                system: scores(t for one, texts in zip(conversations, made, strict=True) for t in one.later(texts))
                for system, made in systems.items()
            },
        )
    for domain in DOMAINS:
        asked = [one for one in mtrag_pool(sets / "mtrag", domain, 1).asked if one.history]
        turned = [Turned(one.text, one.rewrite, _standalone(bot, one.text, one.history)) for one in asked]
        by_half = {name: [t for t, one in zip(turned, asked, strict=True) if half(one.id) == name] for name in HALVES}
        yield f"rewording mtrag-{domain}", {name: scores(turns) for name, turns in by_half.items() if turns}


def understood(bot: Assistant, one: Conversation) -> tuple[str, ...]:
    """Each question as it is understood after those before it; the sets hold no answers."""
    return tuple(_standalone(bot, text, _messages(one.asked[:n])) for n, text in enumerate(one.asked))


def _messages(asked: Sequence[str]) -> list[dict[str, str]]:
    pairs = (({"role": "user", "content": text}, {"role": "assistant", "content": ""}) for text in asked)
    return [message for pair in pairs for message in pair]


def _standalone(bot: Assistant, text: str, history: Iterable[Mapping[str, str]]) -> str:
    return bot.answer(text, history=history).standalone_question


def _empty_handed(folder: Path) -> Assistant:
    """An assistant over one short note: what a question takes over is read from the turns, not from documents."""
    from assistant import Assistant

    (folder / "notes").mkdir()
    (folder / "notes" / "note.txt").write_text("Rain fell.\n", encoding="utf-8")
    return Assistant.open(folder / "notes", index=folder / "index", model=TEST_MODEL)


def _printed(name: str, table: Mapping[str, Mapping[str, float]]) -> str:
    columns = list(next(iter(table.values())))
    lines = [f"| {name} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for row, values in table.items():
        cells = (f"{v:,}" if isinstance(v, int) else f"{v:.3f}" for v in values.values())
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _as_saved(found: Mapping[str, Mapping[str, Mapping[str, float]]], args: argparse.Namespace) -> dict[str, object]:
    rounded = {
        name: {row: {key: round(value, 4) for key, value in values.items()} for row, values in table.items()}
        for name, table in found.items()
    }
    return {
        "command": f"python -m evals.bench.followups --passages {args.passages} --save",
        "model": args.model,
        "passages": args.passages or "all",
        "sets": rounded,
    }


def _stem(word: str) -> str:
    ending = next((one for one in ("ies", "es", "s") if word.endswith(one) and len(word) > len(one) + 2), "")
    word = word.removesuffix(ending)
    return word[:-1] if len(word) > 3 and word[-1] in "eiy" else word


def _json(path: Path) -> list[Mapping[str, Any]]:
    return read(path, lambda: list(json.loads(read_text(path))))


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("evals.bench.followups", SAVED)
    alone = "leave out the search of MTRAG, which needs its pools embedded"
    parser.add_argument("--no-search", action="store_true", help=alone)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
