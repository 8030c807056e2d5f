"""Measure what a reader waits for in the browser: the page, the first words of an answer, the passage behind a chip.

    python -m tests.benchmarks.browser                    # 30 times over an index of 10,000 passages, which is made
    python -m tests.benchmarks.browser --keep FOLDER      # over an index that is kept there, and made once

The clock is the page's own, so what Playwright takes is not counted. No figure fails the run.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from qa.engine import open_engine
from qa.evaluation import load_questions
from tests.benchmarks.material import ROOT, invented
from tests.benchmarks.scale import index_of, passages_in
from tests.browser import find_browser
from tests.ui.served_chat import INPUT, new_reader, serve, wait_until_drawn

QUESTIONS = ROOT / "qa" / "evaluation" / "samples" / "questions.jsonl"
WINDOW_MS = 120_000  # for one answer, on a machine that does much else

# Each moment is told by the first frame that shows it.
CLOCK = """
const waiting = (seen, name) => {
  const look = at => { if (seen()) window.timed[name] = at; else requestAnimationFrame(look); };
  requestAnimationFrame(look);
};
window.timed = {};
const typed = () => document.querySelector('[data-testid="stChatInputTextArea"]');
waiting(() => { const line = typed(); return line && !line.disabled && line.offsetHeight > 0; }, 'usable');
addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.target !== typed()) return;
  window.timed.entered = performance.now();
  const said = () => [...document.querySelectorAll('.aq-answer, .aq-refusal')].some(each => each.textContent.trim());
  waiting(said, 'answered');
}, true);
addEventListener('click', event => {
  if (!event.target.closest('.aq-chip')) return;
  window.timed.clicked = performance.now();
  waiting(() => {
    const box = document.querySelector('.aq-card[open] mark')?.getBoundingClientRect();
    return box && box.height > 0 && box.top >= 0 && box.top < innerHeight;
  }, 'shown');
}, true);
"""


@dataclass(frozen=True)
class Waits:
    """How long a reader waited, in milliseconds."""

    usable: float  # from opening the page until a question can be typed
    answered: float  # from Enter until the first words of the answer
    shown: float  # from the click on a chip until its passage is in sight


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--keep", type=Path, help="Keep the index in this folder, or use the one that is there.")
    options = parser.parse_args()
    expect.set_options(timeout=WINDOW_MS)
    browser = find_browser()
    if browser is None:
        print("No Chrome or Chromium starts here; `make test` says what was tried.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        keep = (options.keep or Path(folder)).absolute()
        data_dir = index_of(options.passages, tuple(invented(seed=7)), keep)
        print(f"index of {passages_in(data_dir):,} passages")
        questions = answered(data_dir)
        with serve(data_dir) as address, open_page(browser) as page:
            measure(page, address, questions[0])  # opens the index, and the browser keeps what it fetches
            load = os.getloadavg()[0]
            waits = [measure(page, address, questions[run % len(questions)]) for run in range(options.runs)]
    report(waits, (load + os.getloadavg()[0]) / 2)
    return 0


def answered(data_dir: Path) -> list[str]:
    """Those of the sample questions that these articles answer: a refusal has no chip."""
    engine = open_engine(data_dir)
    asked = [each.question for each in load_questions(QUESTIONS) if each.answerable and not each.history]
    return [question for question in asked if not engine.query(question).refused]


@contextmanager
def open_page(browser: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--disable-gpu"])
        page = new_reader(chromium).new_page()
        page.add_init_script(CLOCK)
        yield page
        chromium.close()


def measure(page: Page, address: str, question: str) -> Waits:
    """One visit: open the page, ask, follow the first chip."""
    page.goto(address)
    page.wait_for_function("window.timed.usable")
    wait_until_drawn(page)
    page.get_by_placeholder(INPUT).fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function("window.timed.answered", timeout=WINDOW_MS)
    chip = page.locator(".aq-answer .aq-chip").first
    expect(chip).to_be_visible()
    wait_until_drawn(page)
    chip.click()
    page.wait_for_function("window.timed.shown")
    timed = page.evaluate("window.timed")
    return Waits(timed["usable"], timed["answered"] - timed["entered"], timed["shown"] - timed["clicked"])


def report(waits: Sequence[Waits], load: float) -> None:
    """Print the median and the 95th percentile of each wait."""
    print(f"{len(waits)} visits, {os.cpu_count()} cores, load {load:.1f}")
    told = {"load to usable, warm": "usable", "Enter to first answer text": "answered", "chip to passage": "shown"}
    for name, field in told.items():
        cuts = statistics.quantiles([getattr(each, field) for each in waits], n=20, method="inclusive")
        print(f"{name:28} p50 {cuts[9]:7.0f} ms   p95 {cuts[18]:7.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
