"""Erasures and keeping periods in a real browser: asked for, refused, ordered, by two where the centre wants two."""

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from sscard_desk.central import keeping
from sscard_desk.central.admin import operators
from sscard_desk.central.store import audit, erasures
from sscard_desk.domain import events
from tests.central._journal import receive
from tests.machines.admin import Administration, chromium, fill, press, said, sign_in_first
from tests.machines.counter import Counter, bank_confirmed, citizen_number, opened, subject
from tests.machines.model_desk import ModelDesk

pytestmark = pytest.mark.real
FIRST = 2_000


@pytest.fixture(scope="module")
def desk(counter: Counter) -> ModelDesk:
    counter.identity("D-0300")
    return ModelDesk("D-0300")


def taken(counter: Counter, desk: ModelDesk, number: int, *, end: bool = True, ask: bool = False) -> str:
    """An application of a person as the centre has taken it."""
    about, before = subject(), len(desk.entries)
    desk.record(opened(number), about)
    desk.record(bank_confirmed(), about)
    if end:
        desk.record(events.Withdrawn(reason="moved"), about)
    if ask:
        desk.record(events.ErasureAsked(by="applicant", reason="no more"), about)
    receive(counter.open, desk.desk, desk.entries[before:])
    return about


def recorded(counter: Counter) -> dict[str, str]:
    with counter.open.database.reading() as connection:
        return {each.order.subject: each.operator for each in erasures.every(connection)}


def acts(counter: Counter, about: str) -> list[tuple[str, str, str]]:
    with counter.open.database.reading() as connection:
        return [(act.operator, act.act, act.outcome) for act in audit.acts(connection) if act.object == about]


def test_a_request_is_refused_with_words_or_granted_and_the_desk_that_has_not_followed_is_named(
    counter: Counter, administration: Administration, signed_in: WebDriver, desk: ModelDesk
) -> None:
    kept, gone = taken(counter, desk, FIRST, ask=True), taken(counter, desk, FIRST + 1, ask=True)
    signed_in.get(f"{administration.url}/erasures")
    press(signed_in, f"//input[@value='{kept}']/..//button[@value='refuse']", By.XPATH)
    assert said(signed_in, "no-words")
    signed_in.find_element(By.XPATH, f"//input[@value='{kept}']/..//input[@name='words']").send_keys("法定保存期未满")
    press(signed_in, f"//input[@value='{kept}']/..//button[@value='refuse']", By.XPATH)
    assert "法定保存期未满" in said(signed_in, "answered")
    press(signed_in, f"//input[@value='{gone}']/..//button[@value='order']", By.XPATH)
    assert said(signed_in, "done")
    assert recorded(counter)[gone] == "li.ming"
    assert "D-0300" in signed_in.find_element(By.XPATH, f"//table[@id='orders']//tr[th='{gone}']").text
    assert acts(counter, kept) == [("li.ming", "erasure.refuse", "done")]
    assert acts(counter, gone) == [("li.ming", "erasure.order", "done")]


def test_what_has_not_ended_stays_until_somebody_says_that_it_goes_all_the_same(
    counter: Counter, administration: Administration, signed_in: WebDriver, desk: ModelDesk
) -> None:
    about = taken(counter, desk, FIRST + 2, end=False)
    signed_in.get(f"{administration.url}/erasures")
    for application, code in ((about, "E487"), ("nothing", "E485")):
        fill(signed_in, application=application)
        press(signed_in, "order")
        assert code in said(signed_in, "problem")
    assert about not in recorded(counter)
    fill(signed_in, application=about)
    signed_in.find_element(By.ID, "open-too").click()
    press(signed_in, "order")
    assert about in recorded(counter)


def test_everything_of_a_person_is_looked_for_and_erased_and_the_number_is_written_nowhere(
    counter: Counter, administration: Administration, signed_in: WebDriver, desk: ModelDesk
) -> None:
    about = taken(counter, desk, FIRST + 3)
    signed_in.get(f"{administration.url}/erasures")
    fill(signed_in, id_number=citizen_number(FIRST + 3))
    press(signed_in, "find")
    assert len(signed_in.find_elements(By.CSS_SELECTOR, "#found li")) == 1
    press(signed_in, "person")
    assert about in recorded(counter)
    with counter.open.database.reading() as connection:
        assert citizen_number(FIRST + 3) not in str(audit.acts(connection))
    assert citizen_number(FIRST + 3) not in signed_in.current_url


def test_a_period_is_set_within_what_data_allow(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    signed_in.get(f"{administration.url}/erasures/retention")
    Select(signed_in.find_element(By.ID, "kind")).select_by_value("withdrawn")
    fill(signed_in, days="30")
    press(signed_in, "set")
    assert said(signed_in, "days-wrong")
    fill(signed_in, days="4000")
    press(signed_in, "set")
    period = keeping.rules_of(counter.open).period("withdrawn")
    assert period is not None
    assert period.days == 4000
    press(signed_in, "count")
    assert "0" in said(signed_in, "due")


def test_with_a_second_person_nobody_erases_or_changes_a_period_alone(
    counter: Counter, administration: Administration, signed_in: WebDriver, desk: ModelDesk
) -> None:
    about = taken(counter, desk, FIRST + 4)
    operators.policy(administration.centre, second_person=True)
    try:
        signed_in.get(f"{administration.url}/erasures")
        fill(signed_in, application=about)
        press(signed_in, "order")
        signed_in.get(f"{administration.url}/erasures")
        fill(signed_in, id_number=citizen_number(9_999))
        press(signed_in, "find")
        press(signed_in, "person")
        assert "E479" in said(signed_in, "problem")
        signed_in.get(f"{administration.url}/erasures/retention")
        fill(signed_in, days="90")
        press(signed_in, "set")
        assert (about in recorded(counter), keeping.rules_of(counter.open).desk_days) == (False, 60)
        with chromium(administration) as other:
            sign_in_first(other, administration, "wang.fang")
            for _ in range(2):
                other.get(f"{administration.url}/wishes")
                press(other, ".confirm", By.CSS_SELECTOR)
                assert said(other, "done")
        assert recorded(counter)[about] == "li.ming"
        assert keeping.rules_of(counter.open).desk_days == 90
        assert [each[:2] for each in acts(counter, about)] == [
            ("wang.fang", "erasure.order"),
            ("li.ming", "erasure.order-wish"),
        ]
    finally:
        operators.policy(administration.centre, second_person=False)
