"""Work side by side: what waits for a server waits for several replies at a time."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MODEL_AT_ONCE = 4  # requests to a model at a time, where nobody says how many: few servers turn that down


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item], at_once: int) -> Generator[Result, None, None]:
    """The result of each item as it comes, in their order when there is one at a time.

    Whoever stops taking them, or closes the iterator, begins no further work and waits for none.
    """
    if at_once == 1:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="evaluation")
    try:
        for done in as_completed([pool.submit(work, item) for item in items]):
            yield done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
