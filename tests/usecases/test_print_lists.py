"""Lists of a period over a real store: what stands on them, and the record of their print."""

from datetime import date, datetime, timedelta

import pypdfium2
import pytest

from sscard_desk.domain.errors.operator import ReasonMissing
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.domain.prints import PrintState, is_list
from sscard_desk.forms.codes import table
from sscard_desk.usecases.list_papers import spoiled_register
from sscard_desk.usecases.print_lists import lists_between, order_list, spoiled_between, staff_names
from sscard_desk.usecases.prints import (
    BEIJING,
    OTHER,
    REPRINT_REASONS,
    Drawn,
    note_state,
    order_prints,
    plan_print,
    spoil,
)

from .test_papers import TODAY, application, portrait, press, text_of

OTHER_REASON = next(row.code for row in table(REPRINT_REASONS).rows if row.word == OTHER)

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


def test_a_list_of_the_same_content_is_the_next_copy_and_asks_for_its_reason(press, application, store, clerk) -> None:
    first = spoiled_register(press, TODAY, TODAY, {})
    order_list(store, clerk, "counter-2", first, 1)
    again = spoiled_register(press, TODAY, TODAY, {})
    assert (again.copy, again.serial) == (2, first.serial[:-1] + "2")
    with pytest.raises(ReprintReasonMissing):
        order_list(store, clerk, "counter-2", again, 1)
    with pytest.raises(ReasonMissing):
        order_list(store, clerk, "counter-2", again, 1, reason=OTHER_REASON)
    record = order_list(store, clerk, "counter-2", again, 1, reason=OTHER_REASON, words="给银行的一份")
    assert (record.copy, record.words) == (2, "给银行的一份")
    assert [each.copy for each in store.prints(record.application)] == [1, 2]


def test_a_list_that_never_came_out_and_one_of_other_days_use_up_no_copy(press, application, store, clerk) -> None:
    first = order_list(store, clerk, "counter-2", spoiled_register(press, TODAY, TODAY, {}), 1)
    note_state(store, clerk, first, PrintState.CANCELED)
    again = spoiled_register(press, TODAY, TODAY, {})
    assert again.copy == 1
    order_list(store, clerk, "counter-2", again, 1)
    other = spoiled_register(press, TODAY - timedelta(days=1), TODAY, {})
    assert (other.copy, other.serial[:-3] != again.serial[:-3]) == (1, True)
    found = lists_between(store, (now := datetime.now(BEIJING).date()) - timedelta(days=1), now + timedelta(days=1))
    assert {each.serial for each in found} >= {again.serial}
