"""The footprint of an index: memory of a process that asks, disk, cold start of `ask`, and the time of `doctor`."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.material import ROOT
from tests.benchmarks.scale import passages_in
from tests.benchmarks.throughput import timed

# Prints the peak of a fresh process that opens the index and asks; kilobytes, but bytes on macOS.
_ASKING = """
import json, resource, sys
from qa import open_engine
engine = open_engine(sys.argv[1])
for question in json.loads(sys.argv[2]):
    engine.query(question)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / 1024 / (1024 if sys.platform == "darwin" else 1))
"""
_NOTHING_FOUND = 4  # the exit code of `ask` that refuses


@dataclass(frozen=True, slots=True)
class Footprint:
    """What an index of that many passages takes."""

    passages: int
    memory_mb: float
    disk_bytes_a_passage: float
    help_s: float
    ask_s: float  # from the start of the process to its end
    doctor_s: float


def measure(index: Path, questions: Sequence[str], turns: int) -> Footprint:
    """The footprint; seconds are medians over the turns, each a fresh process."""
    passages = passages_in(index)
    asking = [sys.executable, "-c", _ASKING, str(index), json.dumps(questions[:20])]
    memory = subprocess.run(asking, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    command = [sys.executable, "-m", "qa.cli.main", "--data-dir", str(index)]
    return Footprint(
        passages,
        float(memory),
        sum(file.stat().st_size for file in index.rglob("*") if file.is_file()) / passages,
        help_s=_seconds([*command, "--help"], turns),
        ask_s=_seconds([*command, "ask", questions[0]], turns),
        doctor_s=_seconds([*command, "doctor"], 1),
    )


def _seconds(command: Sequence[str], turns: int) -> float:
    def run() -> None:
        done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
        if done.returncode not in (0, _NOTHING_FOUND):
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)

    return statistics.median(timed(partial(run)) for _ in range(turns))
