"""The pictures of the documentation: every main state of the application over the sample articles.

`python -m tests.ui.screenshots` writes docs/images anew; names behind it take those alone.
"""

import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from shutil import copytree

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import find_browser
from tests.ui.sample_index import SAMPLES, make_sample_index
from tests.ui.scripted_model import ScriptedModel
from tests.ui.served_chat import ROOT, TIMEOUT_MS, new_reader, serve, wait_until_drawn, wait_until_still
from tests.ui.states import JOB_TIMEOUT_MS, STATES, State

IMAGES = ROOT / "docs" / "images"
QUESTIONS = 60  # of the sample set: all
SCALE = 1.2  # pixels of the picture for each of the window
COLOURS = 96  # enough for text and a few tints
MOST_KB = 150

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Picture:
    """A state and the window it is shown in."""

    state: State
    name: str = ""  # where it is not the state's own
    width: int = 1000
    height: int = 805  # from the header to the foot of an unfolded citation
    scheme: str = "light"
    start: str = ""  # the element that the window begins with, where that is not the head of the page

    @property
    def file(self) -> Path:
        return IMAGES / f"{self.name or self.state.name}.png"


@dataclass(frozen=True)
class Studio:
    """Where the states can be reached."""

    browser: Browser
    model: ScriptedModel
    addresses: Mapping[str, str] = field(default_factory=dict)


def files_were_added(page: Page, _model: ScriptedModel) -> None:
    """Of an index that did not exist before."""
    extra = {"name": "budget.xlsx", "mimeType": "text/plain", "buffer": b"x"}
    chosen = [
        {"name": path.name, "mimeType": "text/plain", "buffer": path.read_bytes()}
        for path in sorted(SAMPLES.iterdir())[:6]
    ]
    page.locator("input[type=file]").set_input_files([*chosen, extra])
    page.get_by_role("button", name="Add to the index").click()
    expect(page.locator(".aq-skipped")).to_be_visible(timeout=JOB_TIMEOUT_MS)


BY_NAME = {state.name: state for state in STATES}
STARTS = {"evaluation-question": "text=Questions, failures first", "follow-up": "#turn-1"}
NAMES = {"citation": "chat"}  # the picture that stands for all of them
NOT_PICTURED = {"answer", "no-index-evaluation", "skipped", "health", "pasting", "settings"}
PICTURES = (
    *(
        Picture(state, NAMES.get(state.name, ""), start=STARTS.get(state.name, ""))
        for state in STATES
        if state.name not in NOT_PICTURED
    ),
    Picture(BY_NAME["citation"], "chat-dark", scheme="dark"),
    Picture(BY_NAME["evaluation-results"], "evaluation-results-dark", scheme="dark"),
    Picture(BY_NAME["citation"], "chat-narrow", width=380, height=780),
    Picture(BY_NAME["library"], "library-narrow", width=380, height=780),
    Picture(State("added", files_were_added, served="nothing", path="articles")),  # last: then something is indexed
)


def main(names: list[str]) -> int:
    """Take the pictures; 1 when there is no browser to take them with, or one is too large to show."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logger.setLevel(logging.INFO)
    browser = find_browser()
    if browser is None:
        logger.error("No Chrome or Chromium starts here; `make test` says what was tried.")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=TIMEOUT_MS)
    wanted = [picture for picture in PICTURES if not names or picture.file.stem in names]
    with open_studio(browser) as studio:
        sizes = [take(picture, studio) for picture in wanted]
    return int(max(sizes) > MOST_KB)


@contextmanager
def open_studio(browser: Path) -> Iterator[Studio]:
    """The samples with and without a model, and a chat over nothing."""
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder, ExitStack() as closing:
        places = {name: Path(folder, name, "index") for name in ("samples", "model", "nothing")}
        for place in places.values():
            place.parent.mkdir()
        with redirect_stdout(sys.stderr):
            make_sample_index(places["samples"], questions=QUESTIONS)
        copytree(places["samples"], places["model"])
        model = closing.enter_context(ScriptedModel())
        variables = {"model": model.variables}
        addresses = {name: closing.enter_context(serve(place, variables.get(name))) for name, place in places.items()}
        playwright = closing.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser, args=["--disable-gpu"])
        closing.callback(chromium.close)
        yield Studio(chromium, model, addresses)


def take(picture: Picture, studio: Studio) -> int:
    """Bring a page to the state and write what its window shows; the kilobytes of the file."""
    with new_reader(
        studio.browser,
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=SCALE,
        color_scheme=picture.scheme,
    ) as context:
        page = context.new_page()
        page.goto(f"{studio.addresses[picture.state.served]}/{picture.state.path}")
        picture.state.reach(page, studio.model)
        compose(page, picture.start)
        shot = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    shot.quantize(COLOURS).save(picture.file, optimize=True)
    size = picture.file.stat().st_size // 1000
    logger.info("%s: %d kB", picture.file.relative_to(ROOT), size)
    return size


def compose(page: Page, start: str) -> None:
    """Show the page from its beginning or from an element, nothing pointed at."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    if start:
        page.locator(start).evaluate("element => element.scrollIntoView()")
    else:
        page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    if not page.get_by_role("button", name="Stop").count():
        wait_until_drawn(page)
        expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => true)")
    wait_until_still(page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
