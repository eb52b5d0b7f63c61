"""The first page of the administration in a real browser."""

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from sscard_desk.central.store.photos import Release, note_release
from sscard_desk.domain.photo_source import REGISTER
from tests.machines.admin import Administration, said
from tests.machines.counter import Counter, subject

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
