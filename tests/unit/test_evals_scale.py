"""Owns the tests of what `evals.bench.scale` makes of its runs. It does not own the runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.bench import scale

RUNS = {
    "10": {"cpu_seconds": 4.0, "files": 10, "peak_kib": 1000},
    "40": {"cpu_seconds": 20.0, "files": 40, "peak_kib": 1100},
    "one changed": {"cpu_seconds": 0.5, "files": 40, "peak_kib": 900},
    "none changed": {"cpu_seconds": 0.1, "files": 40, "peak_kib": 800},
}


def test_ratios_are_a_file_against_a_file_and_one_change_against_all() -> None:
    assert scale.ratios(RUNS) == {
        "time per file, 40 / 10": 1.25,
        "peak memory, 40 / 10": 1.1,
        "one changed / all of 40": 0.025,
        "none changed / all of 40": 0.005,
    }


def test_what_several_models_took_stands_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = {name: {**run, "seconds": 1.0, "read": 1, "embedded": 2} for name, run in RUNS.items()}
    monkeypatch.setattr(scale, "measure", lambda *ignored: runs)
    out = tmp_path / "scale.json"
    for model in ("hashing-16", "hashing-32", "hashing-16"):
        assert scale.main(["--model", model, "--files", "40", "10", "--out", str(out)]) == 0
    found = json.loads(out.read_text())
    assert list(found) == ["hashing-16", "hashing-32"]
    assert found["hashing-32"]["command"] == "python -m evals.bench.scale --model hashing-32 --files 10 40"
    assert "one changed / all of 40: 0.025" in capsys.readouterr().out
