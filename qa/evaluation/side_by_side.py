"""Work side by side: what waits for a server waits for several replies at a time."""

import logging
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MODEL_AT_ONCE = 4  # requests to a model at a time, where nobody says how many: few servers turn that down

logger = logging.getLogger(__name__)


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item], at_once: int) -> Generator[Result, None, None]:
    """The result of each item as it comes, in their order when there is one at a time.

    Whoever closes the generator begins no further work. So does an interrupt, which comes after the results of what
    was under way: they may have been paid for, and a process does not end before its threads.
    """
    if at_once == 1:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="evaluation")
    waiting = {pool.submit(work, item) for item in items}
    try:
        for done in as_completed(tuple(waiting)):
            waiting.remove(done)
            yield done.result()
    except KeyboardInterrupt:
        logger.warning("interrupted; what is under way is finished first")
        pool.shutdown(cancel_futures=True)
        yield from (done.result() for done in waiting if not done.cancelled() and not done.exception())
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
