"""The table of faults is whole, and the page in the docs is the table."""

from sscard_desk.devices.scanner.simulated_device import Trouble
from sscard_desk.domain.errors import DeskError
from sscard_desk.resources import root

from .faults import PAGE, TROUBLES, page, rows

SCANNER_CODES = range(362, 377)


def test_every_error_of_a_scanner_has_its_fault_and_every_trouble_of_the_model_its_error() -> None:
    leaves = {leaf.code for leaf in DeskError.leaves() if leaf.code[0] == "E" and int(leaf.code[1:]) in SCANNER_CODES}
    assert len(leaves) == len(SCANNER_CODES)
    assert {error.code for _, _, error, _ in rows()} == leaves
    assert set(TROUBLES) == set(Trouble) - {Trouble.NONE, Trouble.DEAF}


def test_every_fault_names_a_test_that_is_there() -> None:
    folders = (root() / "tests" / "devices" / "scanner", root() / "tests" / "contracts")
    tests = "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("test_*.py"))
    for _, _, _, test in rows():
        assert f"def {test}(" in tests


def test_the_page_in_the_docs_is_this_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
