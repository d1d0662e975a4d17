"""Owns the tests of verifying what the real assistant answers over real documents. It does not own the odd cases (`tests/unit`)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import Answer, Assistant, CheckedCitation, Verification, verify_file

ROOT = Path(__file__).resolve().parents[2]
N_QUESTIONS = 10

pytestmark = pytest.mark.model


def asked(path: Path, assistant: Assistant) -> list[Answer]:
    """The answers to questions spread over a set."""
    questions = [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]
    chosen = questions[:: len(questions) // N_QUESTIONS][:N_QUESTIONS]
    return [assistant.answer(question) for question in chosen]


def verified(answers: Sequence[Answer], folder: Path, corpus: Path) -> Verification:
    path = folder / "answers.jsonl"
    path.write_text("".join(json.dumps(a.to_dict(), ensure_ascii=False) + "\n" for a in answers), "utf-8")
    return verify_file(path, corpus=corpus)


def check_all(answers: Sequence[Answer], corpus: Path, folder: Path) -> None:
    """All holds; with one letter changed only what holds the letter breaks; with a paragraph put above all is moved, and none breaks."""
    found = verified(answers, folder, corpus)
    assert len(found.answers) == N_QUESTIONS
    assert {citation.status for citation in found.citations} == {"holds"}
    assert (found.n_problems, {remark for c in found.citations for remark in c.remarks}) == (0, set())
    for answer in answers:
        (folder / "answer.md").write_text(answer.to_markdown(), "utf-8")
        assert verify_file(folder / "answer.md", corpus=corpus).n_problems == 0

    copied = folder / "copied"
    shutil.copytree(corpus, copied)
    victim = next(citation for answer in answers for citation in answer.citations)
    file = copied / victim.document.file
    text = file.read_bytes().decode("utf-8")
    place = next(n for n in range(victim.start + 1, victim.end) if text[n - 1 : n + 1].isalpha())
    file.write_bytes(f"{text[:place]}{'q' if text[place] != 'q' else 'p'}{text[place + 1 :]}".encode())
    found = verified(answers, folder, copied)
    broken = [c for c in found.citations if not c.is_true]
    assert broken
    assert all(holds(citation, victim.document.file, place) for citation in broken)
    hit = [c for a in answers for c in (*a.citations, *a.nearest) if c.document.file == victim.document.file]
    assert len(broken) == sum(c.start <= place < c.end for c in hit)
    assert all(c.status == "changed" and len(c.changes) == 1 for c in broken)

    opening = text.index("\n---\n", 3) + 5 if text.startswith("---\n") else 0
    file.write_bytes(f"{text[:opening]}\nA paragraph of ours was put above all others.\n\n{text[opening:]}".encode())
    found = verified(answers, folder, copied)
    assert found.n_problems == 0
    statuses = {c.file == victim.document.file: set[str]() for c in found.citations}
    for citation in found.citations:
        statuses[citation.file == victim.document.file].add(citation.status)
    assert statuses[True] == {"moved"}
    assert statuses.get(False, {"holds"}) == {"holds"}


def holds(citation: CheckedCitation, file: str, place: int) -> bool:
    """Whether a letter of a file lies where a checked citation stands now."""
    now = citation.now
    return now is not None and citation.file == file and now.start <= place < now.end


def test_what_is_answered_over_the_sample_corpus_verifies(
    sample_assistant: Assistant, sample_corpus: Path, tmp_path: Path
) -> None:
    answers = asked(ROOT / "evals" / "sets" / "standard.jsonl", sample_assistant)
    check_all(answers, sample_corpus, tmp_path)


@pytest.mark.shared
def test_what_is_answered_over_the_original_articles_verifies(
    shared_assistant: Assistant, shared_seeds: Path, shared_gold: Path, tmp_path: Path
) -> None:
    check_all(asked(shared_gold / "dev.jsonl", shared_assistant), shared_seeds, tmp_path)
