"""A class's papers leave as one job, and every form in it has a record that follows the printer's word."""

from pathlib import Path

import pypdfium2
import pytest

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.cases import NothingToPrint
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.domain.prints import PrintRecord, PrintState, is_list
from sscard_desk.paper import PdfPaper
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.import_class import compare_with_desk, import_class
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.print_class import draw_class, order_class, printable
from sscard_desk.usecases.prints import note_state, spoil

from .conftest import Person
from .test_counter_operations import Register
from .test_import_class import HEAD, TODAY, check, row, xlsx


@pytest.fixture
def press(store: DeskStore, clerk: Person) -> Press:
    return Press(store, PdfPaper(), store.clock, clerk, "城关街道社保服务点")


@pytest.fixture
def pupils(tmp_path: Path, store: DeskStore, clerk: Person) -> tuple[Application, ...]:
    found = compare_with_desk(check(xlsx(tmp_path / "a.xlsx", [HEAD, *map(row, range(4))])), store, Register())
    done = import_class(store, clerk, Register(), found, today=TODAY)
    return printable(store, list(done.opened.values()))


def form(store: DeskStore, pupil: Application) -> PrintRecord:
    (record,) = store.prints(pupil.id)
    return record


def test_list_and_forms_are_one_job_and_what_the_printer_says_holds_for_each(
    press: Press, store: DeskStore, clerk: Person, pupils: tuple[Application, ...]
) -> None:
    seen: list[tuple[int, int]] = []
    papers = draw_class(press, pupils, watch=lambda done, every: seen.append((done, every)))
    assert (seen[0], seen[-1], len(papers.forms), papers.left_out) == ((0, 4), (4, 4), 4, ())
    document = pypdfium2.PdfDocument(papers.pdf)
    assert len(document) == papers.pages == 1 + 4 * papers.forms[0].definition.paper.least_pages
    text = "".join(document[at].get_textpage().get_text_bounded() for at in range(1, papers.pages))
    document.close()
    assert all(each.name in text and f"{each.number}-R1" in text for each in pupils)

    lead = order_class(store, clerk, "前台", papers)
    assert is_list(lead.application)
    assert (lead.form, lead.pages, store.blob(lead.paper or "")) == ("class_list", papers.pages, papers.pdf)
    assert [each.id for each in store.unended_prints()] == [lead.id]  # the forms go with it
    assert {form(store, each).within for each in pupils} == {lead.id}
    before = store.unsent()
    note_state(store, clerk, lead, PrintState.QUEUED, "job-1")
    note_state(store, clerk, lead, PrintState.COMPLETED)
    assert store.unsent() == before + 2
    assert {(form(store, each).state, form(store, each).job) for each in pupils} == {(PrintState.COMPLETED, "job-1")}
    assert store.unended_prints() == []
    assert store.verify().sound


def test_a_second_time_needs_a_reason_and_counts_on(
    press: Press, store: DeskStore, clerk: Person, pupils: tuple[Application, ...]
) -> None:
    lead = order_class(store, clerk, "前台", draw_class(press, pupils))
    note_state(store, clerk, lead, PrintState.COMPLETED)
    spoil(store, clerk, form(store, pupils[1]), "3")
    with pytest.raises(ReprintReasonMissing):
        draw_class(press, pupils)
    again = draw_class(press, pupils, reason="1")
    assert {plan.serial for plan in again.forms} == {f"{each.number}-R2" for each in pupils}
    assert order_class(store, clerk, "前台", again).serial != lead.serial


def test_a_printer_that_never_took_the_pile_leaves_every_copy_number_free(
    press: Press, store: DeskStore, clerk: Person, pupils: tuple[Application, ...]
) -> None:
    note_state(store, clerk, order_class(store, clerk, "前台", draw_class(press, pupils)), PrintState.NOT_TAKEN)
    assert {plan.copy for plan in draw_class(press, pupils).forms} == {1}


def test_nobody_is_printed_for_whom_the_form_was_filled_in_and_stopping_draws_no_more(
    press: Press, store: DeskStore, pupils: tuple[Application, ...]
) -> None:
    with pytest.raises(NothingToPrint):
        draw_class(press, ())
    cancel = Cancel()
    with pytest.raises(Cancelled):
        draw_class(press, pupils, cancel=cancel, watch=lambda done, _all: cancel.set() if done == 2 else None)
    assert store.unended_prints() == []
