import pytest

from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form


@pytest.fixture(scope="session")
def registration() -> FormDefinition:
    return load_form("registration")


@pytest.fixture(scope="session")
def confirmation() -> FormDefinition:
    return load_form("confirmation")
