"""Lists of a period over a real store: what stands on them, and the record of their print."""

from datetime import date, datetime, timedelta

import pypdfium2

from sscard_desk.domain.prints import PrintState, is_list
from sscard_desk.usecases.list_papers import spoiled_register
from sscard_desk.usecases.print_lists import order_list, spoiled_between, staff_names
from sscard_desk.usecases.prints import BEIJING, Drawn, note_state, order_prints, plan_print, spoil

from .test_papers import TODAY, application, portrait, press, text_of

__all__ = ["application", "portrait", "press"]


def test_a_list_is_a_record_of_its_own_and_completed_only_by_the_printer(press, application, store, clerk) -> None:
    made = spoiled_register(press, TODAY, TODAY, {})
    pages = len(pypdfium2.PdfDocument(made.pdf))
    record = order_list(store, clerk, "counter-2", made, pages)
    assert is_list(record.application)
    assert (record.serial, record.pages, record.state) == (made.serial, pages, PrintState.ORDERED)
    assert store.blob(record.paper) == made.pdf
    assert [each.id for each in store.unended_prints()] == [record.id]
    note_state(store, clerk, record, PrintState.COMPLETED)
    assert store.unended_prints() == []
    assert [each.state for each in store.prints(record.application)] == [PrintState.COMPLETED]
    assert [each.form for each in store.prints(application.id)] == []


def test_sheets_are_listed_on_the_day_on_which_they_were_marked(press, application, store, clerk) -> None:
    from sscard_desk.forms.load import load_form

    plan = plan_print(application, [], load_form("missing_notice"), "d" * 64)
    (record,) = order_prints(store, clerk, "counter-2", [Drawn(plan, b"%PDF", 1)])
    spoil(store, clerk, record, "1")
    marked = datetime.now(BEIJING).date()
    (found,) = spoiled_between(store, marked - timedelta(days=1), marked + timedelta(days=1))
    assert found.id == record.id
    assert spoiled_between(store, date(2020, 1, 1), date(2020, 1, 2)) == []
    day = (found.spoiled_at or found.at).date()
    register = spoiled_register(press, day - timedelta(days=1), day + timedelta(days=1), staff_names(store))
    assert record.serial in text_of(register)
