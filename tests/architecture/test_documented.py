"""Every public name, setting and option is documented where people look for it."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import assistant
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", assistant.__all__)
def test_public_name_has_a_docstring(name: str) -> None:
    public = getattr(assistant, name)
    if inspect.isclass(public) or inspect.isroutine(public):
        words = vars(public)["__doc__"] if inspect.isclass(public) else public.__doc__
        assert words, f"{name} has no docstring"
        assert not words.startswith(f"{name}("), f"{name} has only the docstring that dataclass makes"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_setting_is_in_the_docs(name: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(f"PILCROW_{name.upper()}" in page.read_text("utf-8") for page in pages)


def test_every_command_and_option_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    missing = [
        f"pilcrow {command} {option}".strip()
        for command in ("", *_commands())
        for option in _options(command)
        if option not in page
    ]
    missing += [f"pilcrow {command}" for command in _commands() if f"pilcrow {command}" not in page]
    assert not missing


def _help(*words: str) -> str:
    code = f"import sys; sys.argv = ['pilcrow', *{words}, '--help']; from ui.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def _commands() -> list[str]:
    listed = re.search(r"\{([a-z,]+)\}", _help())
    assert listed, "`pilcrow --help` lists its commands as {index,ask,...}"
    return listed[1].split(",")


def _options(command: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", _help(*command.split())))
