"""Loading a large library on a lane without holding up the window.

An import takes the interpreter in long runs, and whoever draws the window beside it gets every other turn at best. So
the loading thread rests for a moment before each module: it takes somewhat longer, and nobody waits for it.
"""

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

REST_S: Final = 0.004


class _Rest(MetaPathFinder):
    """Finds nothing; rests before the others look, on one thread alone."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return None: whoever comes next finds the module."""
        del fullname, path, target
        if threading.get_ident() == self._thread:
            time.sleep(REST_S)
        return None


@contextmanager
def breathing() -> Iterator[None]:
    """Rest before each module that this thread imports inside."""
    rest = _Rest()
    sys.meta_path.insert(0, rest)
    try:
        yield
    finally:
        sys.meta_path.remove(rest)
