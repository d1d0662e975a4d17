"""Owns what `pilcrow eval` prints and returns without a model: comparison, usage and refusals."""

import pytest

from evals.cli import main
from evals.saved import Report, save
from evals.summary import Row, Value


@pytest.fixture
def reports(tmp_path):
    for name, value in (("before", 0.0), ("after", 1.0)):
        figures = {"within_300": Value(value, 1, None, None)}
        rows = (Row("q1", "fact", {"within_300": value}),)
        save(Report("tiny", "f" * 64, "corpus", "m", "1", {}, 1.0, 1.0, figures, {}, rows), tmp_path / f"{name}.json")
    return [str(tmp_path / "before.json"), str(tmp_path / "after.json")]


def test_compare_prints_what_moved(reports, capsys):
    assert main(["--compare", *reports]) == 0
    out = capsys.readouterr().out
    assert "within_300                  0.000    1.000   +1.000" in out
    assert "better: 1 questions\n  q1  within_300 0.00 → 1.00" in out
    assert "worse: 0 questions" in out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--compare", "nowhere", "nowhere"], "There is no report 'nowhere'"),
        (["--set", "nowhere"], "There is no question set 'nowhere'"),
        (["--set", "smoke", "--set", "standard", "--out", "a.json"], "they go with one --set"),
    ],
)
def test_a_bad_input_is_one_sentence_and_exit_1(argv, told, capsys):
    assert main(argv) == 1
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_a_bad_option_is_exit_2(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["--limit", "0"])
    assert "whole number above 0" in capsys.readouterr().err
