import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(os.name != "posix", reason="forks processes and kills them")
@pytest.mark.parametrize(
    ("moments", "options"),
    [pytest.param(10, (), id="vectors in a folder"), pytest.param(1, ("--server",), id="vectors on a server")],
)
def test_a_writer_of_any_kind_may_be_killed_at_any_moment(moments: int, options: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.index_store.killing", "--moments", str(moments), *options],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    tallies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [tally["kind"] for tally in tallies] == ["index", "update", "remove", "mend", "rebuild"]
    assert [fault for tally in tallies for fault in tally["faults"]] == []
    assert sum(tally["kills"] for tally in tallies) == 5 * moments
    assert sum(tally["landed"] for tally in tallies) > moments  # the others had finished before
