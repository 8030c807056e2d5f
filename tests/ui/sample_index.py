"""An index of the sample articles with two runs of the sample questions: before the archive was added, and after."""

from pathlib import Path

from qa.cli.main import cli
from tests.ui.served_chat import ROOT, index
from ui.evaluation.folder import SAMPLE, RunsFolder

SAMPLES = ROOT / "index_store" / "samples"
ARCHIVE = SAMPLES / "press-archive.jsonl"


def make_sample_index(data_dir: Path, *, questions: int) -> None:
    """Index the samples, and ask that many of their questions of the first articles and of all."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = lines[:: len(lines) // questions]  # of every kind
    for article in sorted(SAMPLES.iterdir()):
        if article != ARCHIVE:
            index(article, data_dir)
    folder = RunsFolder(data_dir)
    evaluate(folder, chosen)
    index(ARCHIVE, data_dir)
    evaluate(folder, chosen)


def evaluate(folder: RunsFolder, lines: list[str]) -> None:
    """Run a question set with the command, as the page would keep it."""
    kept = folder.keep_set("samples.jsonl", "".join(lines).encode())
    data_dir, run = str(folder.path.parent), str(folder.new_run(kept))
    code = cli.main(["--data-dir", data_dir, "eval", "run", str(kept), "--run", run], standalone_mode=False)
    if code:
        raise RuntimeError(f"the evaluation left with {code}")
