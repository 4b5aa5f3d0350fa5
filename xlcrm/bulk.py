"""Work on many values at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let Python's search for cyclic garbage wait.

    It goes through all objects again and again while a table of millions of cells is built, which
    holds no cycles: a quarter of the time of cleaning. What is in no cycle is freed as ever.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
