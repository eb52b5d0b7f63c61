"""Staff in a real browser: entered, changed, ended; what desks are told is sealed, and every act is on record."""

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from sscard_desk.central.store import audit, feeds
from sscard_desk.wire.feed import point_scope, read_row
from sscard_desk.wire.staff import KIND
from tests.machines.admin import Administration, fill, press, said
from tests.machines.counter import POINT, Counter

pytestmark = pytest.mark.real


def rows(counter: Counter) -> dict[str, dict[str, str]]:
    with counter.open.database.reading() as connection:
        found = feeds.rows_of(connection, point_scope(POINT), KIND)
    return {key: read_row(body) for key, body in found.items()}


def test_a_member_of_staff_is_entered_changed_and_ended_and_desks_are_told_under_the_seal(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    before = set(rows(counter))
    signed_in.get(f"{administration.url}/staff?point={POINT}")
    fill(signed_in, name="李强", public_key="zz")
    Select(signed_in.find_element(By.ID, "role")).select_by_value("supervisor")
    press(signed_in, "keep")
    assert said(signed_in, "public_key-wrong")
    assert signed_in.find_element(By.ID, "name").get_attribute("value") == "李强"
    fill(signed_in, public_key="")
    press(signed_in, "keep")
    assert said(signed_in, "done")
    (account,) = set(rows(counter)) - before
    assert (rows(counter)[account]["role"], rows(counter)[account]["name"]) == ("supervisor", "李强")
    assert rows(counter)[account]["seal"]
    signed_in.get(f"{administration.url}/staff?point={POINT}&account={account}")
    Select(signed_in.find_element(By.ID, "role")).select_by_value("clerk")
    fill(signed_in, login="liqiang")
    press(signed_in, "keep")
    assert (rows(counter)[account]["role"], rows(counter)[account]["login"]) == ("clerk", "liqiang")
    signed_in.get(f"{administration.url}/staff/end?point={POINT}&account={account}")
    press(signed_in, "end")
    assert rows(counter)[account]["ended"]
    assert signed_in.find_element(By.XPATH, f"//tr[td='{account}']").text.count("停用") == 1  # and no way to change it
    with counter.open.database.reading() as connection:
        acts = [(act.operator, act.act, act.outcome) for act in audit.acts(connection) if act.object == account]
    assert acts == [
        ("li.ming", "staff.end", "done"),
        ("li.ming", "staff.change", "done"),
        ("li.ming", "staff.change", "done"),
    ]


def test_an_account_that_has_ended_is_not_opened_again_by_an_old_page(
    counter: Counter, administration: Administration, signed_in: WebDriver
) -> None:
    signed_in.get(f"{administration.url}/staff?point={POINT}")
    fill(signed_in, name="赵敏", account="b" * 32)
    press(signed_in, "keep")
    signed_in.get(f"{administration.url}/staff?point={POINT}&account={'b' * 32}")
    page = signed_in.current_window_handle
    signed_in.switch_to.new_window("tab")
    signed_in.get(f"{administration.url}/staff/end?point={POINT}&account={'b' * 32}")
    press(signed_in, "end")
    signed_in.close()
    signed_in.switch_to.window(page)
    press(signed_in, "keep")
    assert "E456" in said(signed_in, "problem")
    assert rows(counter)["b" * 32]["ended"]
