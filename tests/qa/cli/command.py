"""The command line, in this process or as a user starts it."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from qa.cli.main import main

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command ended with, by the names that a process gives it."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path, data_dir: Path | None = None) -> Done:
    """Runs it here, without the seconds that a process takes to load the libraries."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    argv = patch.object(sys, "argv", ["article-qa", *_arguments(arguments, data_dir)])
    with argv, redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main()
    return Done(int(ended.value.code or 0), *(stream.buffer.getvalue().decode() for stream in (out, err)))


def start(*arguments: str | Path, data_dir: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Starts a process with arguments, streams and an exit code, and waits for its end."""
    command = [sys.executable, "-m", "qa.cli.main", *_arguments(arguments, data_dir)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, env=environment)


def _arguments(arguments: tuple[str | Path, ...], data_dir: Path | None) -> list[str]:
    options = ["--data-dir", str(data_dir)] if data_dir else []
    return [*options, *map(str, arguments)]
