"""Owns a run from end to end on a tiny corpus and a scripted subject, from gold to gates and comparison."""

import json
from dataclasses import dataclass, replace

import pytest

from assistant.types import Answer, Citation, Document, Paragraph, Sentence
from evals import saved
from evals.compare import as_text as compared
from evals.compare import changes, moved_questions
from evals.errors import EvidenceMisplaced, GatesInvalid, ReportUnreadable
from evals.gates import Gates, check, load_gates
from evals.harness import run_set
from evals.places import Places
from evals.qrels import check_quotes, needs_of
from evals.questions import load_questions
from evals.report import as_text
from evals.saved import find_report, load, report_of, save, save_baseline
from evals.subjects import Shown

ONE = "The cat sat on the mat.\nThe dog ran far away.\nA long line. It has two sentences.\n"
TWO = "\nThe  CAT sat on the mat.\nBirds sing at dawn.\n"


def document(file, text, cuts):
    starts = [text.index(cut) for cut in cuts]
    paragraphs = tuple(
        Paragraph(f"{file}-{n}", n, start, start + len(cut), text[:start].count("\n") + 1)
        for n, (start, cut) in enumerate(zip(starts, cuts, strict=True), 1)
    )
    return Document(file, file, "0" * 64, file, None, None, None, 0, len(text), text, paragraphs)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return folder


@pytest.fixture
def documents():
    return (document("one.txt", ONE, ONE.splitlines()), document("two.txt", TWO, TWO.split("\n")[1:3]))


def question(identity, evidence, **more):
    items = [{"file": file, "line": line, "quote": quote} for file, line, quote in evidence]
    return {"id": identity, "question": f"{identity}?", "type": "fact", "evidence": items, "answers": ["cat"], **more}


CAT = ("one.txt", 1, "cat sat")
CAT_AGAIN = ("two.txt", 2, "CAT sat")
DOG = ("one.txt", 2, "dog ran")
BIRDS = ("two.txt", 3, "Birds sing")
SECOND = ("one.txt", 3, "It has two sentences.")


def a_set(tmp_path, *records):
    path = tmp_path / "tiny.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return load_questions(path)


def needs(tmp_path, corpus, documents, record):
    return needs_of(a_set(tmp_path, record).questions[0], Places.of(documents, corpus))


class TestGold:
    def test_any_makes_one_need_of_all(self, tmp_path, corpus, documents):
        found = needs(tmp_path, corpus, documents, question("q", [CAT, DOG], evidence_any=True))
        assert [len(need.keys) for need in found] == [2]

    def test_all_makes_one_need_each_and_merges_copies(self, tmp_path, corpus, documents):
        found = needs(tmp_path, corpus, documents, question("q", [CAT, CAT_AGAIN, DOG]))
        assert [len(need.keys) for need in found] == [1, 1]

    def test_alt_adds_a_substitute_for_the_listed_line_and_its_copies(self, tmp_path, corpus, documents):
        record = question("q", [CAT, DOG], note="[alt two:2=two.txt:3]")
        first, second = needs(tmp_path, corpus, documents, record)
        assert (len(first.keys), len(second.keys)) == (2, 1)

    def test_a_part_that_does_not_show_the_quote_meets_nothing(self, tmp_path, corpus, documents):
        (need,) = needs(tmp_path, corpus, documents, question("q", [SECOND]))
        places = Places.of(documents, corpus)
        start = ONE.index("A long")
        assert not need.shown_by(places.parts("one.txt", start, start + len("A long line.")))
        assert need.shown_by(places.parts("one.txt", start + 13, len(ONE)))

    def test_a_misplaced_quote_is_named(self, tmp_path, corpus, documents):
        with pytest.raises(EvidenceMisplaced, match=r"Question q: one.txt, line 2 does not hold the words 'cat sat'"):
            needs(tmp_path, corpus, documents, question("q", [("one.txt", 2, "cat sat")]))

    @pytest.mark.parametrize(
        ("place", "told"),
        [
            (("one.txt", 9, "x"), "no line 9"),
            (("three.txt", 1, "x"), "no file of the corpus begin"),
            (("", 1, "x"), "'file' holds ''"),
        ],
    )
    def test_a_place_that_is_not_there_is_named(self, tmp_path, corpus, documents, place, told):
        with pytest.raises(Exception, match=told):
            needs(tmp_path, corpus, documents, question("q", [place]))

    def test_check_lists_every_fault(self, tmp_path, corpus, documents):
        one_less = (replace(documents[0], paragraphs=documents[0].paragraphs[:1]), documents[1])
        asked = a_set(tmp_path, question("a", [CAT]), question("b", [("one.txt", 1, "dog")]), question("c", [DOG]))
        told = check_quotes(asked.questions, Places.of(one_less, corpus))
        assert [sentence.split(":")[0] for sentence in told] == ["Question b", "Question c"]


@dataclass
class Scripted:
    """Shows and cites the given spans; None cites nothing and abstains."""

    documents: tuple[Document, ...]
    shows: dict[str, list[tuple[str, str]]]
    cites: dict[str, list[tuple[str, str]] | None]
    model: str = "scripted"
    generation: str = "1"
    shift: int = 0
    told: tuple[str, ...] = ()

    def retrieve(self, question, k):
        return tuple(self._span(place, -rank) for rank, place in enumerate(self.shows.get(question.id, [])))

    def answer(self, question):
        spans = self.cites.get(question.id)
        citations = tuple(self._citation(n, place) for n, place in enumerate(spans or (), 1))
        sentences = tuple(Sentence(citation.quote, (citation.number,)) for citation in citations)
        text = question.question
        answered = spans is not None
        return Answer(
            text, text, answered, sentences, citations, (), None, 1, self.told, self.model, self.generation, took_ms=1.0
        )

    def warm(self):
        pass

    def encode_one(self):
        return True

    def _span(self, place, score):
        file, text = place
        whole = next(d.text for d in self.documents if d.file == file)
        start = whole.index(text)
        return Shown(file, start, start + len(text), text, score)

    def _citation(self, number, place):
        span = self._span(place, 0)
        owner = next(d for d in self.documents if d.file == span.file)
        start, end = span.start + self.shift, span.end + self.shift
        return Citation(number, owner, owner.paragraphs[0], start, end, span.text, "")


CAT_LINE, CAT_COPY = ("one.txt", "The cat sat on the mat."), ("two.txt", "The  CAT sat on the mat.")
DOG_LINE, BIRD_LINE = ("one.txt", "The dog ran far away."), ("two.txt", "Birds sing at dawn.")


@pytest.fixture
def asked(tmp_path):
    return a_set(
        tmp_path,
        question("both", [CAT, BIRDS], type="conflict", answers=["cat", "birds"], note="[all]"),
        question("one", [DOG], answers=["far away"]),
        question("follow", [DOG], type="followup", answers=["dog"]),
        question("none", [], type="unanswerable", answerable=False, answers=[]),
    )


@pytest.fixture
def subject(documents):
    return Scripted(
        documents,
        shows={
            "both": [CAT_LINE, CAT_COPY, DOG_LINE, BIRD_LINE],
            "one": [DOG_LINE],
            "follow": [CAT_LINE, BIRD_LINE],
            "none": [CAT_LINE],
        },
        cites={"both": [CAT_COPY, DOG_LINE], "one": [DOG_LINE], "follow": None, "none": [CAT_LINE]},
    )


@pytest.fixture
def report(asked, subject, corpus):
    return report_of(run_set(asked, subject, corpus, quiet=True))


def test_every_figure_is_as_counted_by_hand(report):
    value = {name: round(figure.value, 3) for name, figure in report.figures.items()}
    assert value["recall_1"] == 0.5  # (1/2 + 1 + 0) / 3
    assert value["recall_3"] == 0.667  # the copy takes no rank: birds stand third
    assert value["mrr_10"] == 0.667  # (1 + 1 + 0) / 3
    assert value["within_150"] == value["within_300"] == 0.667
    assert value["followup_ratio"] == 0
    assert value["redundancy"] == 0.062  # 1 of 4, 0, 0, 0
    assert value["sound_hits"] == 1
    assert value["citation_precision"] == 0.75  # (1/2 + 1) / 2 answered
    assert value["citation_precision_all"] == 0.5
    assert value["citation_recall"] == 0.5  # (1/2 + 1 + 0) / 3
    assert value["supported_sentences"] == 0.75  # (1/2 + 1) / 2 answered
    assert "dates_numbers" not in value  # no expected answer holds any
    assert value["both_sides"] == 0
    assert value["answer_string"] == 0.333  # "birds" is not said, the follow-up is silent
    assert value["abstention"] == 0
    assert value["false_abstention"] == 0.333
    assert value["byte_equal"] == 1
    assert value["whole_words"] == value["own_citations"] == 1
    assert value["novelty"] == value["false_conflict"] == 0
    assert value["span_iou"] == 0.173  # cat sat is 6 of 18 letters, birds uncited; dog ran 6 of 17; silence 0
    assert value["risk_coverage"] == 0.792  # all equally sure, 2 of 4 wrong: (1 + 1 + 2/3 + 1/2) / 4
    assert value["latency_p50_ms"] >= 0


def test_an_interval_is_the_same_twice_and_holds_the_value(report, asked, subject, corpus):
    again = report_of(run_set(asked, subject, corpus, quiet=True)).figures["recall_10"]
    assert again == report.figures["recall_10"]
    assert again.low <= again.value <= again.high


def test_a_shifted_citation_is_not_byte_equal(asked, subject, corpus):
    shifted = report_of(run_set(asked, replace(subject, shift=1), corpus, quiet=True))
    assert shifted.figures["byte_equal"].value == 0


def test_a_disagreement_is_false_unless_it_is_asked_about_or_marked(subject, corpus, tmp_path):
    subject.told = ("one says so, two says otherwise",)
    records = [
        question("both", [CAT, BIRDS], type="conflict"),
        question("one", [DOG]),
        question("follow", [DOG]),
        question("none", [], type="unanswerable", answerable=False, answers=[]),
    ]
    told = report_of(run_set(a_set(tmp_path, *records), subject, corpus, quiet=True)).figures["false_conflict"]
    assert (told.value, told.n) == (1, 2)  # `both` is about a disagreement, `follow` is silent
    records[1]["note"] = "[disputed]"
    told = report_of(run_set(a_set(tmp_path, *records), subject, corpus, quiet=True)).figures["false_conflict"]
    assert (told.value, told.n) == (1, 1)


def test_a_span_that_is_not_its_text_is_not_sound(asked, subject, corpus):
    longer = replace(subject, shows={"one": [("one.txt", ONE.strip() + "\n")]})
    assert report_of(run_set(asked, longer, corpus, quiet=True)).figures["sound_hits"].value == 1
    wrong = replace(longer, documents=(replace(longer.documents[0], end=30), longer.documents[1]))
    assert report_of(run_set(asked, wrong, corpus, quiet=True)).figures["sound_hits"].value == 0


def test_the_table_names_every_figure_and_type(report):
    table = as_text(report)
    assert all(name in table for name in report.figures)
    assert all(kind in table for kind in ("conflict", "fact", "followup", "unanswerable"))


def test_a_report_comes_back_as_it_was_saved(report, tmp_path):
    path = tmp_path / "runs" / "a.json"
    save(report, path)
    back = load(path)
    assert back.rows == tuple(
        replace(row, values={k: round(v, 6) for k, v in row.values.items()}) for row in report.rows
    )
    assert back.details[0]["reply"]["citations"][0]["quote"] == CAT_COPY[1]
    assert [detail["words_until_met"] for detail in back.details] == [15, 5, None, None]


def test_a_baseline_holds_values_but_no_word_of_a_document(report, tmp_path, monkeypatch):
    monkeypatch.setattr(saved, "BASELINES", tmp_path)
    path = save_baseline(report, "tiny")
    back = load(path)
    assert find_report("tiny") == path
    assert [row.id for row in back.rows] == ["both", "one", "follow", "none"]
    assert back.figures["recall_10"].n == 3
    assert back.details == ()
    assert "cat" not in path.read_text("utf-8").casefold()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', '{"format": 1}'])
def test_a_file_that_is_no_report_is_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReportUnreadable, match=r"a\.json"):
        load(tmp_path / "a.json")


def test_comparison_tells_what_moved(report, asked, subject, corpus):
    subject.cites["follow"] = [DOG_LINE]
    subject.cites["one"] = None
    after = report_of(run_set(asked, subject, corpus, quiet=True))
    moved = {(identity, name) for identity, name, _, _ in moved_questions(report, after)}
    assert ("follow", "false_abstention") in moved
    assert ("one", "citation_recall") in moved
    assert {change.figure.name: round(change.gain, 3) for change in changes(report, after)}["citation_recall"] == 0
    text = compared(report, after)
    assert "better: 1 questions\n  follow" in text
    assert "worse: 1 questions\n  one" in text
    words = {question.id: question.question for question in asked.questions}
    assert [line.strip() for line in text.splitlines() if line.startswith("      ")] == [words["follow"], words["one"]]
    assert words["one"] not in compared(replace(report, details=()), replace(after, details=()))


def test_gates_name_figure_value_and_limit(report):
    gates = Gates(floors={"recall_1": 0.9}, ceilings={"false_abstention": 0.1}, drops={"recall_10": 0.01})
    better = replace(report, figures={**report.figures, "recall_10": replace(report.figures["recall_10"], value=0.99)})
    assert check(report, gates, better) == (
        "tiny: recall_1 is 0.500, below its floor of 0.9.",
        "tiny: false_abstention is 0.333, above its ceiling of 0.1.",
        "tiny: recall_10 is 0.667, 0.01 worse than the 0.990 before.",
    )


def test_a_missing_figure_breaks_its_gate_and_a_passing_report_none(report):
    gates = Gates(floors={"recall_1": 0.5}, ceilings={}, drops={"recall_10": 0})
    assert check(report, gates, report) == ()
    assert check(replace(report, figures={}), gates) == ("tiny: recall_1 is missing, below its floor of 0.5.",)


def test_a_baseline_of_another_set_breaks_the_gates(report):
    gates = Gates(floors={}, ceilings={}, drops={"recall_10": 0})
    assert "another version of the set" in check(report, gates, replace(report, set_sha256="f"))[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x.floors]\nnonsense = 1", "names 'nonsense', which is no figure"),
        ("[x.floors]\nrecall_1 = 'a'", "which is no number"),
        ("x = 1", "must hold the tables"),
        ("[", "cannot be read"),
    ],
)
def test_a_gates_file_that_cannot_be_used_is_refused(tmp_path, text, told):
    (tmp_path / "gates.toml").write_text(text, encoding="utf-8")
    with pytest.raises(GatesInvalid, match=told):
        load_gates(tmp_path / "gates.toml")
