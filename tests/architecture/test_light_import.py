"""The command line and `import assistant` feel instant: they load none of the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"faiss", "gradio", "langchain_core", "langsmith", "sentence_transformers", "tiktoken", "torch", "transformers"}

REPORT = f"""
import atexit, sys
atexit.register(lambda: print("loaded:", *sorted({HEAVY} & sys.modules.keys()), file=sys.stderr))
"""

HELP = """
from ui.cli import main
sys.argv = ["pilcrow", *{words}]
main()
"""


@pytest.mark.parametrize(
    "code",
    ["import assistant", "import embeddings", HELP.format(words=["--help"]), HELP.format(words=["ask", "--help"])],
    ids=["import assistant", "import embeddings", "pilcrow --help", "pilcrow ask --help"],
)
def test_loads_nothing_heavy(code: str) -> None:
    run = subprocess.run([sys.executable, "-c", REPORT + code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stderr.splitlines()[-1] == "loaded:"
