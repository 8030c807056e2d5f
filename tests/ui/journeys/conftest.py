"""The chats that the journeys share, and readers to visit them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.ui.scripted_model import KEY, ScriptedModel
from tests.ui.served_chat import new_reader, serve, wait_until_drawn, watched

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def model() -> Iterator[ScriptedModel]:
    with ScriptedModel() as model:
        yield model


@pytest.fixture(scope="session")
def modelled(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path, model: ScriptedModel) -> Iterator[str]:
    """Where the model can be asked about the sample articles; its key must not be told to anybody."""
    folder = tmp_path_factory.mktemp("modelled")
    copytree(samples_dir, folder / "index")
    with serve(folder / "index", model.variables) as address:
        yield address
        model.server.closing.set()  # the chat ends sooner where nothing is still written to it
    assert KEY not in (folder / "chat.log").read_text()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where there is no index, and nobody makes one."""
    with serve(tmp_path_factory.mktemp("bare") / "index") as address:
        yield address


@pytest.fixture(scope="session")
def desk_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "index"


@pytest.fixture(scope="session")
def desk(desk_dir: Path) -> Iterator[str]:
    """Where articles are added and removed; what a test adds, the next one finds."""
    with serve(desk_dir) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, tabs: BrowserContext) -> Iterator[Visit]:
    """`visit(address, path)` opens a page as a reader whom the chat has not met; all pages of a test are theirs.

    It is drawn by then, with the answer to what the address asks. With `stranger=True` it is another reader's, in a
    browser of their own.
    """
    tabs.clear_cookies()
    with ExitStack() as closing_last_first:
        browsers = {False: tabs}

        def open_page(address: str, path: str = "", *, stranger: bool = False) -> Page:
            if stranger not in browsers:
                browsers[stranger] = new_reader(chromium)
                closing_last_first.callback(browsers[stranger].close)
            page = closing_last_first.enter_context(watched(browsers[stranger].new_page(), address))
            page.goto(f"{address}/{path}")
            if address.startswith("http:"):  # not a file, which no script draws
                wait_until_drawn(page)
            return page

        yield open_page
