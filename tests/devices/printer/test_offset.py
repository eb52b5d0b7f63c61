"""A queue with a correction gets moved pages; the caller's document, and so its digest, stays as it was."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.devices import make_printer
from sscard_desk.bootstrap.settings import PrinterSettings, Settings, load_settings
from sscard_desk.devices.printer.document import page_count
from sscard_desk.devices.printer.folder import FolderPrinter
from sscard_desk.devices.printer.offset import OffsetPrinter
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel, Health

PDF = b"%PDF-1.4\n1 0 obj << /Type /Page >>\n"


def test_what_goes_out_is_moved_and_what_was_given_is_not(tmp_path: Path) -> None:
    used = OffsetPrinter(FolderPrinter(tmp_path), 1.5, -2.0, lambda pdf, x, y: pdf + f"moved {x} {y}".encode())
    job = used.hand_over(PDF, "form", Cancel())
    assert (tmp_path / job.job).read_bytes() == PDF + b"moved 1.5 -2.0"
    assert used.look_up(job.job, "form").state is PrintState.COMPLETED
    assert (used.name, used.probe().health, used.offset_mm) == (tmp_path.name, Health.READY, (1.5, -2.0))


def test_only_a_queue_is_corrected(tmp_path: Path) -> None:
    queue = make_printer(Settings(printer=PrinterSettings(queue="counter", offset_x_mm=1)), tmp_path)
    folder = make_printer(Settings(printer=PrinterSettings(folder="out", offset_x_mm=1)), tmp_path)
    plain = make_printer(Settings(printer=PrinterSettings(queue="counter")), tmp_path)
    assert queue.offset_mm == (1.0, 0.0)
    assert folder.offset_mm == plain.offset_mm == (0.0, 0.0)


@pytest.mark.parametrize("value", ["25.5", "-26", "nan", "inf", '"1"', "true"])
def test_a_correction_beyond_reason_is_refused_by_name(tmp_path: Path, value: str) -> None:
    (tmp_path / "desk.toml").write_text(f"[printer]\noffset_y_mm = {value}\n", encoding="utf-8")
    with pytest.raises(SettingWrong) as caught:
        load_settings(tmp_path)
    assert caught.value.name == "printer.offset_y_mm"


def test_a_page_that_stands_twice_in_a_signed_document_counts_once() -> None:
    signed = PDF + b"2 0 obj << /Type /Page >>\nendobj\n1 0 obj << /Type /Page /Annots [] >>\n"
    assert page_count(signed) == 2
