"""Owns the tests of what can be set and how it is read from the environment."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from assistant import PilcrowError, Settings

NUMBERS = [field.name for field in fields(Settings) if field.type == "int"]


def test_without_an_environment_the_defaults_hold() -> None:
    found = Settings.from_env({})
    assert found == Settings(home=found.home)
    assert found.home.name == "pilcrow"
    assert found.model == "all-MiniLM-L6-v2"


def test_every_field_can_be_set() -> None:
    environ = {f"PILCROW_{name.upper()}": str(n) for n, name in enumerate(NUMBERS, 7)}
    texts = {"PILCROW_MODEL": "hashing-64", "PILCROW_RERANKER": "~/reranker"}
    found = Settings.from_env({**environ, **texts, "PILCROW_HOME": "~/somewhere"})
    assert [getattr(found, name) for name in NUMBERS] == list(range(7, 7 + len(NUMBERS)))
    assert found.home == Path("~/somewhere").expanduser()
    assert (found.model, found.reranker) == ("hashing-64", "~/reranker")


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "1e3", " ", "²"])
@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_whole_number_is_refused_by_name(name: str, value: str) -> None:
    key = f"PILCROW_{name.upper()}"
    with pytest.raises(PilcrowError, match=key) as refused:
        Settings.from_env({key: value})
    assert repr(value) in str(refused.value)


def test_an_empty_value_and_other_variables_change_nothing() -> None:
    assert Settings.from_env({"PILCROW_MODEL": "", "MODEL": "x", "HOME_PILCROW": "y"}) == Settings.from_env({})


def test_the_process_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILCROW_N_NEAREST", "3")
    assert Settings.from_env().n_nearest == 3


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_env({}).model = "x"  # type: ignore[misc]
