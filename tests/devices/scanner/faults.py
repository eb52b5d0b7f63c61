"""Every fault of a scanner with the error that the counter gives for it; `docs/scanner-faults.md` is made of it.

Run as a module it writes that page anew; `make docs` does.
"""

from typing import Final

from sscard_desk.devices.scanner.simulated_device import Trouble
from sscard_desk.devices.scanner.wia_words import RESULTS
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    ScannedPageEmpty,
    ScannerCoverOpen,
    ScannerFailed,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.domain.errors.scanning import (
    ScannedPageBroken,
    ScannerAccessDenied,
    ScannerBusy,
    ScannerCannot,
    ScannerDriverCrashed,
    ScannerOutOfMemory,
    ScannerReadFailed,
    ScannerSilent,
    ScannerStopped,
)
from sscard_desk.resources import root
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Catalogue

PAGE: Final = root() / "docs" / "scanner-faults.md"
STATUSES: Final[dict[str, type[DeskError]]] = {
    "UNSUPPORTED": ScannerCannot,
    "CANCELLED": ScannerStopped,
    "DEVICE_BUSY": ScannerBusy,
    "INVAL": ScannerCannot,
    "EOF": ScannedPageEmpty,
    "JAMMED": ScannerJammed,
    "NO_DOCS": ScannerNoDocument,
    "COVER_OPEN": ScannerCoverOpen,
    "IO_ERROR": ScannerReadFailed,
    "NO_MEM": ScannerOutOfMemory,
    "ACCESS_DENIED": ScannerAccessDenied,
}
"""Every status of the SANE standard besides GOOD (1.06, 4.2.7)."""
TROUBLES: Final[dict[Trouble, type[DeskError]]] = {
    Trouble.JAMMED: ScannerJammed,
    Trouble.MISPICK: ScannerJammed,
    Trouble.COVER_OPEN: ScannerCoverOpen,
    Trouble.BUSY: ScannerBusy,
    Trouble.DOWN: ScannerFailed,
    Trouble.DENIED: ScannerAccessDenied,
    Trouble.SILENT: ScannerSilent,
    Trouble.STOPPED: ScannerStopped,
    Trouble.EMPTY_PAGE: ScannedPageEmpty,
    Trouble.HALF_PAGE: ScannedPageBroken,
    Trouble.LINE_LOST: ScannerReadFailed,
    Trouble.NO_PICTURE: ScannedPageBroken,
}
"""What can be wrong with the modelled network scanner while it scans."""
EACH_STATUS: Final = "test_each_status_has_an_error_of_its_own"
EACH_TROUBLE: Final = "test_each_trouble_has_an_error_of_its_own_and_is_seen_beforehand"
EACH_RESULT: Final = "test_each_result_has_an_error_of_its_own"
OTHERS: Final[tuple[tuple[str, str, type[DeskError], str], ...]] = (
    ("SANE", "hangs", ScannerSilent, "test_a_driver_that_hangs_is_ended_and_told"),
    ("SANE", "crashes", ScannerDriverCrashed, "test_a_driver_that_crashes_is_told_and_the_next_scan_starts_anew"),
    ("SANE", "program not installed", ScannerMissing, "test_without_the_program_the_scanner_is_missing"),
    ("SANE", "option it does not know", ScannerCannot, "test_an_option_that_the_device_does_not_know_is_named"),
    ("SANE", "no feeder for both sides", ScannerCannot, "test_what_the_device_does_not_have_is_said_before_it_scans"),
    ("SANE, eSCL", "unplugged", ScannerMissing, "test_trouble_is_named"),
    ("SANE, eSCL", "ends well without a pixel", ScannedPageEmpty, "test_a_page_without_a_pixel_is_no_page"),
    ("SANE, eSCL", "no paper", ScannerNoDocument, "test_no_paper_is_named"),
    ("eSCL", "answers nothing", ScannerSilent, "test_a_scanner_that_answers_nothing_is_silent"),
    ("eSCL", "not in its capabilities", ScannerCannot, "test_what_stands_in_no_capabilities_is_not_asked_for"),
    ("eSCL", "answers what no scanner says", ScannerFailed, "test_what_no_scanner_says_is_refused"),
    ("eSCL", "address that is none", ScannerMissing, "test_an_address_that_is_none_is_a_missing_scanner"),
    ("WIA", "hangs", ScannerSilent, "test_a_script_that_hangs_crashes_or_speaks_otherwise_is_told"),
    ("WIA", "crashes", ScannerDriverCrashed, "test_a_script_that_hangs_crashes_or_speaks_otherwise_is_told"),
    ("WIA", "page cut short", ScannedPageBroken, "test_a_page_that_ends_before_its_last_line_is_no_page"),
    ("WIA", "result unknown", ScannerFailed, "test_a_result_that_nobody_knows_is_told_with_its_number"),
    ("WIA", "no PowerShell", ScannerMissing, "test_without_the_program_the_scanner_is_missing"),
    ("folder", "nothing new", ScannerNoDocument, "test_a_folder_gives_each_new_file_once"),
    ("folder", "file of 0 bytes", ScannedPageEmpty, "test_a_folder_gives_each_new_file_once"),
    ("folder", "gone", ScannerMissing, "test_a_folder_that_is_not_there_is_missing"),
)
"""Driver, fault, error and the test that shows it."""
HEAD: Final = """# Faults of scanners and what the counter says

Made by `make docs` from the table that the tests use; do not edit. Cause and advice stand in `docs/errors.md`.

| driver | fault | code | said | shown by |
|---|---|---|---|---|
"""


def rows() -> tuple[tuple[str, str, type[DeskError], str], ...]:
    """Return all faults: driver, fault, error, test."""
    sane = (("SANE", f"status {name}", error, EACH_STATUS) for name, error in STATUSES.items())
    escl = (("eSCL", each.value.replace("_", " "), error, EACH_TROUBLE) for each, error in TROUBLES.items())
    wia = (("WIA", f"result {result}", error, EACH_RESULT) for result, error in RESULTS.items())
    return (*sane, *escl, *wia, *OTHERS)


def page() -> str:
    """Return the page as it must stand in the docs."""
    zh, en = Catalogue(SIMPLIFIED_CHINESE), Catalogue(ENGLISH)
    return HEAD + "".join(
        f"| {driver} | {fault} | {error.code} | "
        f"{' / '.join(texts(f'errors.{error.code}.message') for texts in (zh, en))} | `{test}` |\n"
        for driver, fault, error, test in rows()
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
