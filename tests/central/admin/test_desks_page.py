"""Desks in a real browser: expected, enrolled, revoked, listened to again."""

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from sscard_desk.central.imports import import_point
from sscard_desk.domain.errors.desk_identity import DeskRevoked
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from tests.machines.admin import Administration, fill, press, said
from tests.machines.counter import REGION, Counter

pytestmark = pytest.mark.real
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)>\"'&"


def test_a_desk_that_is_expected_here_enrols_with_the_code_shown_and_is_refused_once_it_is_revoked(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    browser = signed_in
    browser.get(f"{administration.url}/desks/expect")
    fill(browser, desk="D-0042")
    press(browser, "go")
    identity, _ = enrol(counter.url, said(browser, "code"), training=True)
    desk = HttpCentre(identity)
    try:
        desk.hello()
        browser.get(f"{administration.url}/desks")
        assert "D-0042" in said(browser, "desks")
        change(browser, "D-0042", reason="Gerät verschrottet")
        assert "Gerät verschrottet" in said(browser, "desks")
        with pytest.raises(DeskRevoked):
            desk.hello()
        change(browser, "D-0042")
        desk.hello()
    finally:
        desk.close()
    browser.get(f"{administration.url}/record")
    rows = said(browser, "acts")
    assert rows.count("D-0042") == 3


def test_a_desk_is_expected_at_a_service_point_that_is_entered_with_it(
    administration: Administration, signed_in: WebDriver
) -> None:
    signed_in.get(f"{administration.url}/desks/expect")
    fill(signed_in, desk="D-0100", new_point="P-77", new_name="新的服务站", new_region="33")
    press(signed_in, "go")
    assert said(signed_in, "new_region-wrong")
    assert signed_in.find_element(By.ID, "new_name").get_attribute("value") == "新的服务站"
    fill(signed_in, new_region=REGION)
    press(signed_in, "go")
    assert said(signed_in, "code")
    signed_in.get(f"{administration.url}/desks")
    assert "P-77 新的服务站" in said(signed_in, "desks")


def test_markup_in_a_name_is_shown_as_the_text_that_it_is(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    import_point(counter.open, "P-66", HOSTILE, REGION)
    signed_in.get(f"{administration.url}/desks/expect")
    assert HOSTILE in said(signed_in, "point")
    assert "taken" not in signed_in.title
    assert signed_in.execute_script("return document.querySelectorAll('img, script').length") == 0


def change(browser: WebDriver, desk: str, reason: str = "") -> None:
    browser.get(browser.current_url.split("/admin")[0] + f"/admin/desks/revoke?desk={desk}")
    fill(browser, reason=reason)
    press(browser, "revoke")
    assert said(browser, "done")
