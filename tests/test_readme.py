"""The README's examples, run as they are printed."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import FakeEmbedder

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
COMMANDS = re.findall(r"^\$ article-qa (.*)\n(.*?)(?=\n\$|\n```|\n\n)", README, re.MULTILINE)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the samples, made by the README's own first command."""
    folder = tmp_path_factory.mktemp("readme")
    done = article_qa(COMMANDS[0][0], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(COMMANDS[0][1].removesuffix("…"))
    return folder


def article_qa(arguments: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa.cli.main", "--data-dir", str(data_dir), *shlex.split(arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, env={**os.environ})


def test_the_examples_are_found() -> None:
    assert len(COMMANDS) == 3
    assert len(PYTHON) == 2


@pytest.mark.parametrize(("arguments", "printed"), COMMANDS[1:], ids=["answer", "refusal"])
def test_a_command_prints_what_the_readme_shows(data_dir: Path, arguments: str, printed: str) -> None:
    done = article_qa(arguments, data_dir)
    assert done.stdout.startswith(printed.removesuffix("…")), done.stdout + done.stderr


def test_the_python_example_runs(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(PYTHON[0].replace("var/readme", str(data_dir)), {})  # noqa: S102 - our own README
    printed = capsys.readouterr().out
    assert "31,000" in printed
    assert "[1] Ansgill Evening Ledger, 2025-05-12: " in printed


def test_another_embedding_can_be_injected(tmp_path: Path) -> None:
    names: dict[str, object] = {}
    exec(PYTHON[1], names)  # noqa: S102 - our own README
    engine = names["engine_with"](None, FakeEmbedder(), tmp_path, str(ROOT / "index_store" / "samples"))  # type: ignore[operator]
    assert engine.store.counts().articles == 16
