"""A face is printed of a proved card alone, and every face has a record from its order to its end."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from sscard_desk.cards.face_file import shipped_face
from sscard_desk.devices.printer.folder import FolderPrinter
from sscard_desk.domain.application import Application
from sscard_desk.domain.card_face import CARD_FACE
from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.errors.pictures import PictureUnreadable
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.forms.codes import table as codes
from sscard_desk.paper import PdfPaper
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.clock import DeskClock
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.approve import approve
from sscard_desk.usecases.card_face import face_of, print_face
from sscard_desk.usecases.list_papers import spoiled_register
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import BEIJING, REPRINT_REASONS, spoil
from sscard_desk.usecases.write_card import write_card
from tests.machines.pcsc import CardTable, table, tables

from .conftest import Person
from .test_counter_operations import at_signed
from .test_write_card import blank, desk, nothing

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real
LAYOUT = shipped_face("third_generation")


def portrait() -> bytes:
    """The applications of these tests hold a picture that only begins like one."""
    made = io.BytesIO()
    Image.new("RGB", (358, 441), (200, 200, 200)).save(made, "JPEG")
    return made.getvalue()


def printed(store: DeskStore, clerk: Person, folder: Path, application: Application, reason: str = "") -> PrintRecord:
    face = replace(face_of(store, application, LAYOUT), photo_jpeg=portrait())
    printer = FolderPrinter(folder)
    return print_face(store, clerk, PdfPaper(), printer, application, face, Cancel(), reason=reason)


def test_no_face_is_drawn_before_the_card_is_proved(store: DeskStore, clerk: Person, supervisor: Person) -> None:
    approved = approve(store, supervisor, at_signed(store, clerk))
    with pytest.raises(StepNotAllowed):
        face_of(store, approved, LAYOUT)


def test_a_face_is_recorded_a_second_one_needs_a_reason_and_a_missing_printer_leaves_no_copy_number(
    store: DeskStore, clerk: Person, supervisor: Person, table: CardTable, tmp_path: Path
) -> None:
    approved = approve(store, supervisor, at_signed(store, clerk))
    table.card(blank())
    written = write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    folder = tmp_path / "cards"

    with pytest.raises(PrinterMissing):
        printed(store, clerk, folder, written)
    assert [each.state for each in store.prints(written.id) if each.form == CARD_FACE] == [PrintState.NOT_TAKEN]

    folder.mkdir()
    first = printed(store, clerk, folder, written)
    assert (first.state, first.serial, first.edition) == (
        PrintState.COMPLETED,
        f"{written.number}-K1",
        "third_generation",
    )
    assert (folder / first.job).read_bytes() == store.blob(first.paper or "")  # type: ignore[arg-type] # it has one

    with pytest.raises(ReprintReasonMissing):
        printed(store, clerk, folder, written)
    with pytest.raises(PictureUnreadable):
        PdfPaper().card_face(face_of(store, written, LAYOUT))
    reason = next(row.code for row in codes(REPRINT_REASONS).rows if row.word != "other")
    again = printed(store, clerk, folder, written, reason)
    assert (again.copy, again.reason, again.state) == (2, reason, PrintState.COMPLETED)

    spoil(store, clerk, first, "1")
    press = Press(store, PdfPaper(), DeskClock(), clerk, "城关街道社保服务点")
    today = datetime.now(BEIJING).date()
    register = spoiled_register(press, today - timedelta(days=1), today + timedelta(days=1), {})
    (row,) = next(iter(register.lists.values()))
    assert (row["paper_serial"], row["paper_name"]) == (first.serial, "卡面")
