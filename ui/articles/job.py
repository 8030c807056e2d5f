"""The job: an order that a process is carrying out, seen from the page."""

import logging
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from ui.articles.order import MESSAGE, ORDER, Order, Outcome, Progress
from ui.articles.staging import unstage

logger = logging.getLogger(__name__)

# -P: the folder the chat was started in is no place to find modules.
_WORKER = (sys.executable, "-P", "-m", "ui.articles.worker")


class Job:
    """An order under way; `progress` and `outcome` may be read from any thread."""

    def __init__(self, order: Order, staged: tuple[Path, ...] = ()) -> None:
        """Starts at once; `staged` files are deleted when it is over."""
        self.order = order
        self.progress = Progress()
        self.outcome: Outcome | None = None  # until it is over
        self._staged = staged
        self._stopped = False
        self._process = subprocess.Popen(_WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._thread = threading.Thread(target=self._follow, name="article-qa-job", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether there is an outcome."""
        return self.outcome is not None

    def stop(self) -> None:
        """Ends it where it is; articles that were indexed until then stay."""
        self._stopped = True
        self._process.terminate()

    def wait(self, timeout_s: float) -> bool:
        """Whether it is over within that time."""
        self._thread.join(timeout_s)
        return self.is_over

    def _follow(self) -> None:
        outcome = None
        with self._process as process:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("the worker has no pipes")
            with suppress(OSError):  # it has died already, which its exit tells
                process.stdin.write(ORDER.dump_json(self.order))
                process.stdin.close()
            for line in process.stdout:
                outcome = self._take(line) or outcome
        unstage(self._staged)
        self.outcome = outcome or Outcome(error=self._ending())

    def _take(self, line: bytes) -> Outcome | None:
        try:
            message = MESSAGE.validate_json(line)
        except ValidationError:  # killed in the middle of a line
            logger.warning("a worker said what cannot be read")
            return None
        self.progress = message.progress or self.progress
        return message.outcome

    def _ending(self) -> str:
        if not self._stopped:
            return (
                f"the work broke off (exit code {self._process.returncode}); the log says more, and trying again helps"
            )
        if self.progress.total:
            return f"stopped after {self.progress.done} of {self.progress.total} articles; what is indexed stays"
        return "stopped before anything was changed"
