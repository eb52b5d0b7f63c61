"""Lists through a real browser: checked, taken, received by a real desk; wrong ones, stopped ones, second persons."""

import zipfile
from pathlib import Path

import httpx
import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk, join_centre
from sscard_desk.central.admin import jobs, operators, sessions
from sscard_desk.central.admin.guard import SESSION, TOKEN_FIELD
from sscard_desk.domain.ids import Role
from sscard_desk.resources import form_folder
from tests.machines.admin import (
    WAIT_SECONDS,
    Administration,
    chromium,
    fill,
    press,
    said,
    sign_in_first,
)
from tests.machines.counter import REGION, Counter, person
from tests.machines.lists import register_row, written

pytestmark = pytest.mark.real


def bring(browser: WebDriver, administration: Administration, kind: str, file: Path, place: str = "") -> str:
    """Bring a list in and return how it ended."""
    browser.get(f"{administration.url}/lists?kind={kind}")
    if place:
        Select(browser.find_element(By.ID, "place")).select_by_value(place)
    browser.find_element(By.ID, "file").send_keys(str(file))
    press(browser, "bring")
    return ended(browser)


def ended(browser: WebDriver) -> str:
    def state(browser: WebDriver) -> str:
        found = browser.execute_script("return document.getElementById('state')?.dataset.state ?? ''")
        return "" if found in {"checking", "taking"} else str(found)

    return WebDriverWait(browser, WAIT_SECONDS).until(state)


def test_a_register_that_was_brought_in_here_is_received_by_a_desk(
    counter: Counter, administration: Administration, signed_in: WebDriver, tmp_path: Path
) -> None:
    table = written(tmp_path / "register.csv", [register_row(person(n)) for n in range(50)])
    assert bring(signed_in, administration, "persons", table) == "done"
    assert said(signed_in, "changed") == "50"
    signed_in.get(f"{administration.url}/desks/expect")
    fill(signed_in, desk="D-0070")
    press(signed_in, "go")
    first = NewAccount("clerk", "training-clerk", "王丽", Role.ADMINISTRATOR)
    desk = begin_desk(tmp_path / "desk", [first], training=True)
    report = join_centre(desk, counter.url, said(signed_in, "code"), desk_no=1, window="1")
    assert (report.proved, report.items >= 50) == (True, True)
    signed_in.get(f"{administration.url}/record")
    assert REGION in said(signed_in, "acts")
    assert list(jobs.upload_folder(administration.centre).iterdir()) == []


def test_of_a_list_with_a_fault_nothing_is_taken_and_each_fault_is_shown(
    administration: Administration, signed_in: WebDriver, tmp_path: Path
) -> None:
    rows = [register_row(person(n)) for n in range(900, 905)]
    rows[2]["id_number"] = rows[2]["id_number"][:-1] + ("0" if rows[2]["id_number"][-1] != "0" else "1")
    rows[4]["valid_from"] = "2020.13.01"
    assert bring(signed_in, administration, "persons", written(tmp_path / "register.csv", rows)) == "wrong"
    cells = [row.text for row in signed_in.find_elements(By.CSS_SELECTOR, "#problems tbody tr")]
    assert [cell.split()[:3] for cell in cells] == [["4", "公民身份号码", "id_number"], ["6", "有效期起", "valid_from"]]
    assert rows[2]["id_number"] not in signed_in.page_source
    assert bring(signed_in, administration, "persons", written(tmp_path / "register.csv", rows[:2])) == "done"
    assert said(signed_in, "changed") == "2"


def test_what_is_no_table_is_told_and_leaves_no_file(
    administration: Administration, signed_in: WebDriver, tmp_path: Path
) -> None:
    picture = tmp_path / "register.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    assert bring(signed_in, administration, "banks", picture) == "failed"
    assert list(jobs.upload_folder(administration.centre).iterdir()) == []


def test_an_upload_without_the_token_leaves_nothing_on_the_disk(
    administration: Administration, signed_in: WebDriver
) -> None:
    cookie = signed_in.get_cookie(SESSION)
    assert cookie is not None
    own = sessions.request_token(administration.centre, cookie["value"])
    table = {"file": ("banks.csv", "code,name\n01,示例银行\n".encode())}
    with httpx.Client(base_url=administration.origin, verify=administration.trusting(), trust_env=False) as line:
        line.cookies.set(SESSION, cookie["value"])
        for token in ("", "0" * 64):
            answer = line.post("/admin/lists", data={TOKEN_FIELD: token, "kind": "banks"}, files=table)
            assert answer.status_code == 403
            assert list(jobs.upload_folder(administration.centre).iterdir()) == []
        assert line.post("/admin/lists", data={TOKEN_FIELD: own, "kind": "banks"}, files=table).status_code == 303
        line.cookies.clear()
        answer = line.post("/admin/lists", data={TOKEN_FIELD: own, "kind": "banks"}, files=table)
        assert answer.headers["location"] == "/admin/sign-in"


def test_an_edition_of_a_form_goes_out_as_a_zip_file_and_is_withdrawn(
    administration: Administration, signed_in: WebDriver, tmp_path: Path
) -> None:
    signed_in.get(f"{administration.url}/forms")
    signed_in.find_element(By.ID, "file").send_keys(str(zipped(tmp_path, "registration")))
    press(signed_in, "deliver")
    assert said(signed_in, "done")
    assert "registration/" in said(signed_in, "editions")
    signed_in.find_element(By.ID, "file").send_keys(str(tmp_path / "registration.zip"))
    press(signed_in, "deliver")
    press(signed_in, "#editions button", By.CSS_SELECTOR)
    assert said(signed_in, "done")


def test_with_a_second_person_nobody_revokes_a_desk_or_brings_a_register_in_alone(
    counter: Counter, administration: Administration, signed_in: WebDriver, tmp_path: Path
) -> None:
    counter.identity("D-0080")
    operators.policy(administration.centre, second_person=True)
    try:
        signed_in.get(f"{administration.url}/desks/revoke?desk=D-0080")
        press(signed_in, "revoke")
        table = written(tmp_path / "register.csv", [register_row(person(n)) for n in range(700, 703)])
        assert bring(signed_in, administration, "persons", table) == "waiting"
        listed = signed_in.current_url
        signed_in.get(f"{administration.url}/wishes")
        assert signed_in.execute_script("return document.querySelectorAll('.confirm').length") == 0
        with chromium(administration) as other:
            sign_in_first(other, administration, "wang.fang")
            for _ in range(2):
                other.get(f"{administration.url}/wishes")
                press(other, ".confirm", By.CSS_SELECTOR)
                assert said(other, "done")
        signed_in.get(listed)
        assert ended(signed_in) == "done"
        signed_in.get(f"{administration.url}/desks")
        row = signed_in.find_element(By.XPATH, "//tr[th='D-0080']").text
        assert "停用" in row
    finally:
        operators.policy(administration.centre, second_person=False)


def zipped(folder: Path, form: str) -> Path:
    target = folder / f"{form}.zip"
    with zipfile.ZipFile(target, "w") as packed:
        for path in sorted(form_folder(form).rglob("*.toml")):
            packed.write(path, f"{form}/{path.relative_to(form_folder(form)).as_posix()}")
    return target
