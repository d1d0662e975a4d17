"""Owns reading MTRAG: conversations whose last question leans on the turns before (Katsis et al. 2025).

It does not own its full corpora: the pool of judged and retrieved passages stands for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from evals.loaders.beir import evidence_in, files_of, read_qrels
from evals.loaders.imported import FileNames, Imported, read, read_lines, record

MARK = "<::>"


def load_mtrag(folder: Path, domain: str = "clapnq") -> Imported:
    """The passages of one domain's pool and its judged or unanswerable turns, each with its conversation.

    folder: holds pool/, retrieval_tasks/ and tasks_<domain>.jsonl.  Raises SourceUnreadable.
    """
    return read(folder, partial(_load, folder, domain))


def _load(folder: Path, domain: str) -> Imported:
    names = FileNames()
    files = files_of(read_lines(folder / "pool" / f"{domain}.jsonl.gz"), names)
    relevant = read_qrels(folder / "retrieval_tasks" / f"{domain}_qrels.tsv")
    turns = _by_conversation(read_lines(folder / f"tasks_{domain}.jsonl"))
    questions = []
    for conversation in turns.values():
        for n, turn in enumerate(conversation):
            gold = [] if _unanswerable(turn) else evidence_in(relevant.get(turn["task_id"], ()), files, names)
            if gold or _unanswerable(turn):
                questions.append(_record(turn, conversation[:n], gold))
    return Imported(f"mtrag-{domain}", files, tuple(questions))


def conversations(tasks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[Mapping[str, str], ...]]]:
    """The id of each turn and the chat messages before it."""
    for conversation in _by_conversation(tasks).values():
        for n, turn in enumerate(conversation):
            yield str(turn["task_id"]), tuple(_messages(conversation[:n]))


def _by_conversation(tasks: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    turns: dict[str, list[Mapping[str, Any]]] = {}
    for task in tasks:
        turns.setdefault(task["task_id"].partition(MARK)[0], []).append(task)
    return {name: sorted(found, key=lambda task: int(task["turn_id"])) for name, found in turns.items()}


def _unanswerable(turn: Mapping[str, Any]) -> bool:
    return "UNANSWERABLE" in turn["user"]["enrichments"]["Answerability"]


def _record(
    turn: Mapping[str, Any], before: Iterable[Mapping[str, Any]], gold: list[Mapping[str, Any]]
) -> dict[str, Any]:
    history = _messages(before)
    kind = "followup" if history else "fact"
    identity = turn["task_id"].replace(MARK, "-")
    return record(identity, turn["user"]["text"], kind, gold, evidence_any=True, history=history)


def _messages(turns: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [
        {"role": role, "content": str(turn[speaker]["text"])}
        for turn in turns
        for role, speaker in (("user", "user"), ("assistant", "agent"))
    ]
