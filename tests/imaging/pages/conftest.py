import pytest

from sscard_desk.bootstrap.scans import make_form_reader
from sscard_desk.ports.form_reader import FormReader
from tests.faults.worn_paper import Picture, printed


@pytest.fixture(scope="session")
def reader() -> FormReader:
    return make_form_reader()


@pytest.fixture(scope="session")
def registration() -> tuple[bytes, list[Picture]]:
    """The registration form as PDF and as pages at 300 dpi, boxes left for the pen."""
    return printed("registration")
