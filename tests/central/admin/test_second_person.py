"""With the second person switched on nobody alone puts another computer, or another register, in a desk's place."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from sscard_desk.central.admin import operators, second
from sscard_desk.central.imports import import_point
from sscard_desk.central.store import audit, desks
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from tests.machines.admin import Administration, chromium, fill, press, said, sign_in_first
from tests.machines.counter import POINT, REGION, Counter

ELSEWHERE, OTHER_REGION = "P-31", "440100"


@pytest.fixture
def asking(counter: Counter) -> Iterator[None]:
    operators.policy(counter.open, second_person=True)
    yield
    operators.policy(counter.open, second_person=False)


def state_of(counter: Counter, desk: str) -> desks.Desk | None:
    with counter.open.database.reading() as connection:
        return desks.find_desk(connection, desk)


@pytest.mark.usefixtures("asking")
def test_a_new_desk_and_a_new_point_need_nobody_else_and_what_is_known_does(counter: Counter) -> None:
    assert second.enter_point(counter.open, "one", ELSEWHERE, "新站", REGION)
    assert second.enter_point(counter.open, "one", ELSEWHERE, "新站", REGION)
    code = second.expect(counter.open, "one", "D-0301", ELSEWHERE)
    assert code is not None
    assert second.expect(counter.open, "one", "D-0301", ELSEWHERE) is not None
    enrol(counter.url, code.text(), training=True)
    assert second.expect(counter.open, "one", "D-0301", ELSEWHERE) is None
    assert not second.enter_point(counter.open, "one", ELSEWHERE, "新站", OTHER_REGION)
    with counter.open.database.writing() as connection:
        desks.revoke_desk(connection, "D-0301", 1)
    assert second.allow(counter.open, "one", "D-0301", "found") is None
    assert second.expect(counter.open, "one", "D-0301", ELSEWHERE) is None
    known = state_of(counter, "D-0301")
    assert known is not None
    assert (known.state, known.region) == (desks.DeskState.REVOKED, REGION)
    with counter.open.database.reading() as connection:
        acts = [(act.act, act.object) for act in audit.acts(connection, most=4)]
    assert acts == [
        ("desk.expect-wish", "D-0301"),
        ("desk.allow-wish", "D-0301"),
        ("point.enter-wish", ELSEWHERE),
        ("desk.expect-wish", "D-0301"),
    ]


@pytest.mark.real
@pytest.mark.usefixtures("asking")
def test_another_operator_confirms_and_is_shown_the_code(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    import_point(counter.open, "P-32", "旧站", REGION)
    line = HttpCentre(counter.identity("D-0302", "P-32"))
    signed_in.get(f"{administration.url}/desks/expect")
    fill(signed_in, desk="D-0302")
    press(signed_in, "go")
    assert said(signed_in, "done")
    signed_in.get(f"{administration.url}/desks/expect")
    fill(signed_in, desk="D-0399", new_point="P-32", new_name="新名", new_region=OTHER_REGION)
    press(signed_in, "go")
    assert said(signed_in, "done")
    line.hello()
    line.close()
    known = state_of(counter, "D-0302")
    assert known is not None
    assert known.region == REGION
    with chromium(administration) as other:
        sign_in_first(other, administration, "wang.fang")
        confirm(other, administration, "D-0302")
        identity, _ = enrol(counter.url, said(other, "code"), training=True)
        other.get(f"{administration.url}/wishes")
        assert f"改为 新名，行政区划 {OTHER_REGION}" in said(other, "wishes")
        confirm(other, administration, "P-32")
        assert said(other, "done")
    replaced = HttpCentre(identity)
    assert replaced.hello().point == "P-32"
    replaced.close()
    now = state_of(counter, "D-0302")
    assert now is not None
    assert (now.region, now.point_name) == (OTHER_REGION, "新名")


def confirm(browser: WebDriver, administration: Administration, on: str) -> None:
    browser.get(f"{administration.url}/wishes")
    press(browser, f"//tr[td='{on}']//button[contains(@class,'confirm')]", By.XPATH)


def test_verbs_leave_it_to_an_operator_too(tmp_path: Path) -> None:
    with Counter(tmp_path / "centre") as made:
        made.identity("D-0001")
        operators.policy(made.open, second_person=True)
        with made.open.database.writing() as connection:
            desks.revoke_desk(connection, "D-0001", 1)

    def verb(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "sscard_desk", "central", *words]
        folder = ["--folder", str(tmp_path / "centre"), "--json"]
        done = subprocess.run(command + folder, capture_output=True, text=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout

    for words in (
        ("enrol", "--desk", "D-0001", "--point", POINT),
        ("enrol", "--desk", "D-0007", "--point", POINT, "--point-name", "新名", "--region", OTHER_REGION),
        ("revoke", "--desk", "D-0001", "--undo"),
    ):
        status, told = verb(*words)
        assert (status, "E469" in told) == (1, True)
    assert verb("enrol", "--desk", "D-0008", "--point", POINT)[0] == 0
