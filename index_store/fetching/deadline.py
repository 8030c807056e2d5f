"""The deadline: when a document has to be here."""

import time

from index_store.errors import UnreadableInputError


class Deadline:
    """A time limit over many steps, `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self, at_most: float) -> float:
        """Seconds that the next step may take.

        Raises:
            UnreadableInputError: There are none left.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise UnreadableInputError(f"not here within {self._seconds:g} s")
        return min(left, at_most)

    def pause(self, seconds: float) -> None:
        """Sleeps.

        Raises:
            UnreadableInputError: The end would come before the pause is over.
        """
        if seconds <= 0:
            return
        if time.monotonic() + seconds >= self._ends:
            raise UnreadableInputError(
                f"the server asks to wait {seconds:.0f} s, more than is left of {self._seconds:g} s"
            )
        time.sleep(seconds)
