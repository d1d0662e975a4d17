"""Owns the tests of the public benches: their figures counted by hand, and the command on tiny made-up sets."""

from __future__ import annotations

import gzip
import json

import pytest

from embeddings import open_encoder
from evals.bench.public.__main__ import main, save
from evals.bench.public.measures import (
    Figure,
    Marked,
    found_at,
    line_scores,
    lines_between,
    marked_figures,
    ndcg,
    silence_scores,
)
from evals.bench.public.opened import OpenedPool, write_folder
from evals.bench.public.plain import PlainSearch, Unit, cut
from evals.bench.public.tasks import Bench
from evals.loaders import Pool, beir_pool, mtrag_pool, omos_pool, squad_pool
from evals.loaders.pools import article


def marked(gold, cited):
    return Marked(frozenset(gold), frozenset(cited))


def put(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_ndcg_counts_each_relevant_document_once_where_it_first_stands() -> None:
    ranking = (("a",), ("b", "copy of a"), ("c",))
    assert ndcg(ranking, ("a",)) == 1
    assert ndcg(ranking, ("copy of a",)) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(ranking, ("a", "c")) == pytest.approx((1 + 0.5) / (1 + 0.6309), abs=1e-3)
    assert ndcg(ranking, ("nowhere",)) == 0


def test_recall_is_a_share_of_the_relevant_files() -> None:
    assert found_at((("a",), ("b",)), ("b", "z"), 2) == 0.5
    assert found_at((("a",), ("b",)), ("b",), 1) == 0


def test_lines_are_scored_by_macro_means_and_their_harmonic_mean() -> None:
    both = [marked({1, 2}, {2, 3}), marked({4}, {4}), marked((), {7})]
    precision, recall, f = line_scores(both)
    assert (precision, recall) == (0.75, 0.75)
    assert f == 0.75
    silent = line_scores([marked({1}, ()), marked({2}, {3, 2})])
    assert silent == (0.75, 0.5, pytest.approx(0.6))


def test_silence_is_right_where_the_page_does_not_answer() -> None:
    found = silence_scores([marked((), ()), marked((), {1}), marked({1}, ()), marked({1}, {1})])
    assert found == (0.5, 0.5, 0.5)
    assert silence_scores([marked({1}, {1})]) == (0.0, 0.0, 0.0)


def test_figures_of_lines_leave_out_what_no_line_answers() -> None:
    by_name = {one.name: one for one in marked_figures([marked({1}, {1}), marked((), ())])}
    assert (by_name["lines_f"].value, by_name["lines_f"].n) == (1, 1)
    assert (by_name["no_answer_f"].value, by_name["no_answer_f"].n) == (1, 2)


@pytest.mark.parametrize(
    ("start", "end", "lines"), [(0, 1, [0]), (0, 3, [0]), (0, 4, [0]), (1, 5, [0, 1]), (4, 6, [1, 2]), (7, 8, [2])]
)
def test_lines_that_a_span_touches(start, end, lines) -> None:
    assert list(lines_between("one\n\n two"[:8], start, end)) == lines


def test_a_document_is_one_article_with_its_title_in_front() -> None:
    assert (
        article({"title": 'A "b": c', "text": 'A "b": c\nText.\r\nMore.'})
        == '---\ntitle: "A \\"b\\": c"\n---\nText.\nMore.\n'
    )
    assert article({"title": "", "text": "\nText.\n"}) == "Text.\n"


@pytest.fixture
def sets(tmp_path):
    folder = tmp_path / "sets"
    page = {"city": "here", "pageId": 7}
    first = "The desk\nThe registry desk opens at nine.\nIt closes at noon."
    put(
        folder / "omos_qa" / "splits" / "train_en.jsonl",
        {"id": 1, "question": "When does the registry desk open?", "answers": [1], "context": first, **page},
        {"id": 2, "question": "Anything of boats?", "answers": [], "context": first.replace("noon", "12"), **page},
        {"id": 3, "question": "Other?", "answers": [3], "context": first + "\nMore.", **page},
    )
    put(
        folder / "omos_qa" / "splits" / "dev_en.jsonl",
        {
            "id": 4,
            "question": "Who feeds the harbour cats?",
            "answers": [0],
            "context": "Bo feeds the cats.",
            "city": "x",
            "pageId": 1,
        },
    )
    mtrag = folder / "mtrag"
    put(
        mtrag / "pool" / "clapnq.jsonl.gz",
        *({"_id": f"p{n}", "title": f"T{n}", "text": f"T{n}\nMill number {n} grinds oats."} for n in range(9)),
        {"_id": "empty", "title": "", "text": "\n"},
    )
    (mtrag / "retrieval_tasks").mkdir()
    (mtrag / "retrieval_tasks" / "clapnq_qrels.tsv").write_text("q\tc\ts\nc<::>2\tp3\t1\nc<::>1\tp8\t1\n", "utf-8")
    for form in ("lastturn", "rewrite"):
        put(
            mtrag / "retrieval_tasks" / f"clapnq_{form}.jsonl",
            {"_id": "c<::>1", "text": "|user|: Mill number 8?"},
            {"_id": "c<::>2", "text": f"|user|: {form} 3?"},
        )
    put(
        mtrag / "tasks_clapnq.jsonl",
        *(
            {"task_id": f"c<::>{n}", "turn_id": n, "user": {"text": f"q{n}"}, "agent": {"text": f"a{n}"}}
            for n in (2, 1)
        ),
    )
    return folder


def test_questions_in_another_language_are_asked_of_the_same_paragraphs(tmp_path) -> None:
    for language, said, asked in (("en", "The mill.", "What?"), ("es", "El molino.", "¿Qué?")):
        paragraphs = [{"context": "First.", "qas": []}, {"context": said, "qas": [{"id": "1", "question": asked}]}]
        (tmp_path / f"{language}.json").write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), "utf-8")
    pool = squad_pool(tmp_path / "en.json", tmp_path / "es.json")
    assert pool.files == {"0001.txt": "First.\n", "0002.txt": "The mill.\n"}
    assert [(one.text, one.files) for one in pool.asked] == [("¿Qué?", ("0002.txt",))]


def test_pages_keep_their_first_wording_and_their_lines(sets) -> None:
    pool = omos_pool([sets / "omos_qa" / "splits" / f"{split}_en.jsonl" for split in ("train", "dev")])
    assert list(pool.files) == ["here-7.txt", "x-1.txt"]
    assert [(one.id, one.files, one.lines) for one in pool.asked] == [
        ("train_en-1", ("here-7.txt",), (1,)),
        ("train_en-2", ("here-7.txt",), ()),
        ("dev_en-4", ("x-1.txt",), (0,)),
    ]


def test_a_sampled_pool_holds_every_judged_passage_and_says_what_it_left_out(sets) -> None:
    pool = mtrag_pool(sets / "mtrag", "clapnq", 4)
    assert {"p3.txt", "p8.txt"} < set(pool.files)
    assert (len(pool.files), pool.n_left_out) == (4, 5)
    assert pool == mtrag_pool(sets / "mtrag", "clapnq", 4)
    later = pool.asked[0]
    assert (later.text, later.rewrite, later.files) == ("lastturn 3?", "rewrite 3?", ("p3.txt",))
    assert later.history == ({"role": "user", "content": "q1"}, {"role": "assistant", "content": "a1"})


def test_a_sample_of_a_beir_folder_holds_every_judged_document(tmp_path) -> None:
    put(tmp_path / "corpus.jsonl", *({"_id": f"d{n}", "title": "T", "text": f"Mill {n} stands."} for n in range(9)))
    put(tmp_path / "queries.jsonl", {"_id": "q1", "text": "Which mill?"}, {"_id": "q2", "text": "Never judged?"})
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("q\tc\ts\nq1\td7\t1\n", "utf-8")
    pool = beir_pool(tmp_path, n_documents=3)
    assert (len(pool.files), pool.n_left_out, "d7.txt" in pool.files) == (3, 6, True)
    assert [(one.id, one.files) for one in pool.asked] == [("q1", ("d7.txt",))]
    assert pool == beir_pool(tmp_path, n_documents=3)
    assert pool.name != beir_pool(tmp_path).name
    assert len(beir_pool(tmp_path).files) == 9


def test_questions_of_one_wording_are_one(tmp_path) -> None:
    paragraphs = [{"context": text, "qas": [{"id": text, "question": "When?"}]} for text in ("At one.", "At two.")]
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]}), encoding="utf-8")
    pool = squad_pool(path)
    assert [one.files for one in pool.asked] == [("0001.txt", "0002.txt")]


def test_a_copied_paragraph_gives_both_its_files_one_rank(tmp_path) -> None:
    text = "The registry desk opens at nine on every morning.\n"
    pool = Pool("tiny", {"a.txt": text, "b.txt": text, "c.txt": "Boats sail from the harbour at noon.\n"}, ())
    opened = OpenedPool.open(pool, tmp_path, "hashing-256", quiet=True)
    first, *rest = opened.ranking("When does the registry desk open?", 10)
    assert set(first) == {"a.txt", "b.txt"}
    assert len(rest) <= 1
    opened.bot.close()


def test_plain_search_reads_a_long_document_up_to_the_window_and_keeps_its_vectors(tmp_path) -> None:
    encoder = open_encoder("hashing-256")
    long = "oats mill " * encoder.window_tokens
    assert encoder.n_tokens(cut(long, encoder)) <= encoder.window_tokens
    assert long.startswith(cut(long, encoder))
    assert cut("oats mill", encoder) == "oats mill"
    units = [Unit("a.txt", long), Unit("b.txt", "Boats sail at noon."), Unit("b.txt", "Boats.")]
    found = PlainSearch.over(units, encoder, tmp_path)
    assert found.ranking("When do boats sail?", 10) == (("b.txt",), ("a.txt",))
    assert len(list(tmp_path.glob("plain-*.npy"))) == 1
    again = PlainSearch.over(units, encoder, tmp_path)
    assert (again.vectors == found.vectors).all()


def test_a_folder_holds_the_documents_of_the_pool_and_no_others(tmp_path) -> None:
    write_folder(Pool("x", {"a.txt": "one\n", "b.txt": "two\n"}, ()), tmp_path)
    before = (tmp_path / "a.txt").stat().st_mtime_ns
    write_folder(Pool("x", {"a.txt": "one\n"}, ()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").stat().st_mtime_ns == before


def test_the_command_measures_what_is_asked_for(sets, tmp_path, capsys) -> None:
    saved = tmp_path / "public.json"
    given = [
        "--sets",
        str(sets),
        "--work",
        str(tmp_path / "work"),
        "--model",
        "hashing-256",
        "--quiet",
        "--save",
        str(saved),
    ]
    assert main([*given, "--only", "omos-pages", "omos-lines", "mtrag-clapnq"]) == 0
    shown = capsys.readouterr().out
    assert "| omos-pages | recall_1 | 1.000 | 1.000 to 1.000 | 2 |" in shown
    found = json.loads(saved.read_text("utf-8"))["sets"]
    assert list(found) == ["omos-pages", "omos-lines", "mtrag-clapnq"]
    figures = {one["name"]: one["value"] for one in found["mtrag-clapnq"]["figures"]}
    assert {"last_turn_ndcg_10", "with_history_ndcg_10", "rewrite_ndcg_10", "way_to_rewrite"} < set(figures)
    assert "registry" not in saved.read_text("utf-8")


def test_what_did_not_run_again_keeps_its_figures(tmp_path) -> None:
    bench = Bench(tmp_path, tmp_path, "m", None)
    save(tmp_path / "f.json", {"scifact": [Figure("ndcg_10", 0.51234567, 3)]}, bench)
    save(tmp_path / "f.json", {"omos-pages": [Figure("recall_1", 0.5, 3)]}, bench)
    sets = json.loads((tmp_path / "f.json").read_text("utf-8"))["sets"]
    assert list(sets) == ["omos-pages", "scifact"]
    assert sets["scifact"]["figures"][0]["value"] == 0.5123


def test_a_missing_set_is_told_in_one_sentence(tmp_path, capsys) -> None:
    assert main(["--sets", str(tmp_path), "--work", str(tmp_path), "--only", "scifact"]) == 1
    assert capsys.readouterr().err.startswith("evals.bench.public: ")
