"""Card numbers that are kept without a card, let go in a real browser."""

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from sscard_desk.central.store import kept_cards
from sscard_desk.domain import events
from tests.central._journal import receive
from tests.domain.standing import AT, DIGEST
from tests.machines.admin import Administration, fill, press, said
from tests.machines.counter import Counter, opened, subject
from tests.machines.model_desk import ModelDesk

pytestmark = pytest.mark.real
WHY = "<b>im Schrank</b>"


def test_a_kept_number_is_let_go_with_a_reason_and_one_that_was_written_stays(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    for desk in ("D-0001", "D-0002"):
        counter.identity(desk)
    first, other, about = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    withdrawn = [first.record(opened(1), about), first.record(events.Withdrawn("asked"), about)]
    receive(counter.open, "D-0001", withdrawn)
    signed_in.get(f"{administration.url}/blanks")
    assert signed_in.find_elements(By.ID, "kept") == []
    receive(counter.open, "D-0002", [other.record(AT.intended, about)])
    signed_in.get(f"{administration.url}/blanks")
    assert AT.code in said(signed_in, "kept")
    receive(counter.open, "D-0002", [other.record(events.CardWritten(AT.code, DIGEST, 40, ("08",)), about)])
    fill(signed_in, **{"release-code": AT.code, "reason": WHY})
    press(signed_in, "release")
    assert said(signed_in, "stays")
    assert AT.code in said(signed_in, "kept")
    second = "77" * 16
    intended = events.CardIntended(
        second, "B00000009", "training", DIGEST, (), AT.intended.issue_date, AT.intended.valid_until
    )
    receive(counter.open, "D-0002", [other.record(intended, about)])
    signed_in.get(f"{administration.url}/blanks")
    fill(signed_in, **{"release-code": second, "reason": WHY})
    press(signed_in, "release")
    assert second not in said(signed_in, "kept")
    with counter.open.database.reading() as connection:
        (released,) = kept_cards.released_cards(connection)
    assert (released.operator, released.reason) == ("li.ming", WHY)
