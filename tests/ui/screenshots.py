"""The pictures of the documentation, taken of the chat over the sample articles.

`python -m tests.ui.screenshots` writes docs/images anew.
"""

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import find_browser
from tests.ui.served_chat import ROOT, TIMEOUT_MS, ask, index, serve

SAMPLES = ROOT / "index_store" / "samples"
IMAGES = ROOT / "docs" / "images"
QUESTION = "What did Hedda Ostrane say about closing the bridge?"
UNANSWERABLE = "How many submarines did Vennay buy?"
WIDTH, HEIGHT = 1000, 805  # of the window: from the header to the foot of an unfolded citation
SCALE = 1.2  # pixels of the picture for each of the window
COLOURS = 128  # enough for text and a few tints
REST_MS = 1_000  # for what slides or fades in

logger = logging.getLogger(__name__)


def main() -> int:
    """Take every picture; 1 when there is no browser to take them with."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logger.setLevel(logging.INFO)
    browser = find_browser()
    if browser is None:
        logger.error("No Chrome or Chromium starts here; `make test` says what was tried.")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        index(SAMPLES, Path(folder, "index"))
        with serve(Path(folder, "index")) as address, open_page(browser, address) as page:
            take_refusal(page)
            take_answer(page)
            take_article(page)
    return 0


@contextmanager
def open_page(browser: Path, address: str) -> Iterator[Page]:
    """The chat in light colours, without the motion of opening and closing."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--disable-gpu"])
        page = chromium.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=SCALE,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.set_default_timeout(TIMEOUT_MS)
        page.goto(address)
        yield page
        chromium.close()


def take_refusal(page: Page) -> None:
    """A question that the articles do not answer, in a chat of its own."""
    ask(page, UNANSWERABLE)
    take(page, "refusal")
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".aq-welcome")).to_be_visible()


def take_answer(page: Page) -> None:
    """An answer with its first citation unfolded."""
    ask(page, QUESTION)
    page.locator(".aq-card summary").first.click()
    expect(page.locator(".aq-card mark").first).to_be_in_viewport()
    take(page, "chat")


def take_article(page: Page) -> None:
    """The article of that citation."""
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    take(page, "article")


def take(page: Page, name: str) -> None:
    """Write what the window shows of the page's beginning once it has come to rest."""
    page.mouse.move(0, 0)  # nothing is to look pointed at
    page.evaluate("document.activeElement.blur()")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    page.wait_for_timeout(REST_MS)
    path = IMAGES / f"{name}.png"
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS).save(path, optimize=True)
    logger.info("%s: %d kB", path.relative_to(ROOT), path.stat().st_size // 1000)


if __name__ == "__main__":
    sys.exit(main())
