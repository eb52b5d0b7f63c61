"""One thing holds for every test: cycles of objects are collected on the main thread, and nowhere else.

Python collects on whichever thread happens to allocate. A timer of the window that is found in a cycle on the thread of
a server or a lane is destroyed there, stays known to the main thread's clock, and ends the whole run at one of the next
events. The program itself sees to that with `sscard_desk/ui/garbage.py`; here many tests share one process.
"""

import gc
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--contract-examples",
        type=int,
        default=0,
        metavar="N",
        help="requests that are made up for each route of the centre and each way; 0: few, the same in every run",
    )


@pytest.fixture(scope="session", autouse=True)
def nothing_is_collected_by_itself() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(0)  # stays enabled, so that tests of who switches it off still see that
    yield
    gc.set_threshold(*before)


@pytest.fixture(scope="module", autouse=True)
def collected_here(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    gc.collect(2 if "/ui/" in request.path.as_posix() else 1)
