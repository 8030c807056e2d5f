"""A Chromium for the tests: the one that is there, else Playwright's download, else Debian's package.

`python -m tests.browser` leaves with 0 when one starts in the end.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, Playwright, sync_playwright

NAMES = ("google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "chrome")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
INSTALL_TIMEOUT_S = 600
START_TIMEOUT_MS = 60_000  # the first start after an installation reads 400 MB from disk

logger = logging.getLogger(__name__)


def find_browser() -> Path | None:
    """The first Chrome or Chromium that starts here, if there is one."""
    _keep_downloads_inside_the_environment()
    with sync_playwright() as playwright:
        return next((path for path in _candidates(playwright) if _starts(playwright, path)), None)


def install_browser() -> Path | None:
    """The browser found after downloading one, or after installing Debian's where nothing else starts."""
    _keep_downloads_inside_the_environment()
    for command in (_download_command(), *_package_commands()):
        logger.info("Trying %s …", " ".join(command[-4:]))
        _run(command)
        if found := find_browser():
            return found
    return None


def main() -> int:
    """Find or install a browser and say which, or say what will not be tested."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if found := find_browser() or install_browser():
        logger.info("The browser is %s", found)
        return 0
    logger.warning("No Chrome or Chromium starts here: the tests marked `browser` will be skipped.")
    return 1


def _keep_downloads_inside_the_environment() -> None:
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path(sys.prefix, "browsers")))


def _candidates(playwright: Playwright) -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (path for path in (MAC_CHROME, Path(playwright.chromium.executable_path)) if path.exists())


def _starts(playwright: Playwright, path: Path) -> bool:
    try:
        playwright.chromium.launch(executable_path=path, timeout=START_TIMEOUT_MS).close()
    except Error:  # a snap's stub, or a download without the libraries of the system
        return False
    return True


def _download_command() -> tuple[str, ...]:
    return (sys.executable, "-m", "playwright", "install", "--no-shell", "chromium")


def _package_commands() -> tuple[tuple[str, ...], ...]:
    if not shutil.which("apt-get") or os.geteuid() != 0:  # never ask for a password
        return ()
    return (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium"),
    )


def _run(command: tuple[str, ...]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            timeout=INSTALL_TIMEOUT_S,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    except subprocess.TimeoutExpired:
        logger.warning("… gave up after %d s", INSTALL_TIMEOUT_S)
        return
    if done.returncode:
        logger.warning("… failed: %s", _reason(done.stdout.strip().splitlines()))


def _reason(lines: list[str]) -> str:
    errors = (line for line in lines if line.startswith(("Error", "E:")))
    return next(errors, lines[-1] if lines else "no reason given")


if __name__ == "__main__":
    sys.exit(main())
