"""A served centre, its administration and a browser in which an operator is signed in."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver

from tests.machines.admin import Administration, administered, chromium, sign_in_first
from tests.machines.counter import Counter


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with Counter(tmp_path_factory.mktemp("administration") / "centre") as made:
        yield made


@pytest.fixture(scope="module")
def administration(counter: Counter) -> Iterator[Administration]:
    with administered(counter.open) as made:
        yield made


@pytest.fixture(scope="module")
def signed_in(administration: Administration) -> Iterator[WebDriver]:
    with chromium(administration) as browser:
        sign_in_first(browser, administration, "li.ming")
        yield browser
