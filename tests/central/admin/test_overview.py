"""The first page of the administration in a real browser."""

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from sscard_desk.central.store.photos import Release, note_release
from sscard_desk.domain.photo_source import REGISTER
from tests.central._journal import receive
from tests.machines.admin import Administration, said
from tests.machines.counter import Counter, bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

pytestmark = pytest.mark.real


def test_register_pictures_whose_application_never_came_stand_on_the_overview(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    signed_in.get(administration.url)
    assert signed_in.find_elements(By.ID, "unmatched") == []
    with counter.open.database.writing() as connection:
        for _ in range(2):
            given = Release(1_700_000_000_000, "D-0001", REGISTER, "", "found", application=subject())
            note_release(connection, given)
    signed_in.get(administration.url)
    shown = said(signed_in, "unmatched")
    assert "D-0001 2 2023-11-1" in shown


def test_steps_and_acts_stand_in_words_and_times_on_one_line(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    one, two = ModelDesk("D-0401"), ModelDesk("D-0402")
    for desk in (one, two):
        counter.identity(desk.desk)
        about = subject()
        desk.record(opened(4_000), about)
        desk.record(bank_confirmed(), about)
        receive(counter.open, desk.desk, desk.entries)
    signed_in.get(administration.url)
    assert "银行已确认" in said(signed_in, "applications")
    signed_in.get(f"{administration.url}/entries?desk={two.desk}")
    assert "新建申领" in said(signed_in, "entries")
    assert "application.opened" not in said(signed_in, "entries")
    lines = "return [...document.querySelectorAll('td time')].map(each => each.getClientRects().length)"
    assert set(signed_in.execute_script(lines)) == {1}
