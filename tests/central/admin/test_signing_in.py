"""Signing in at the administration, in a real browser and by requests of a stranger's own making."""

from collections.abc import Iterator

import httpx
import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from sscard_desk.central.admin import operators, sessions
from sscard_desk.central.admin.guard import HEADERS, SESSION, TOKEN_FIELD
from sscard_desk.central.admin.throttle import FREE_FOR_OPERATOR
from sscard_desk.central.store import operator_sessions
from tests.machines.admin import PASSWORD, Administration, chromium, fill, press, said, sign_in, sign_in_first

pytestmark = pytest.mark.real


@pytest.fixture
def browser(administration: Administration) -> Iterator[WebDriver]:
    with chromium(administration) as made:
        yield made


def problem(browser: WebDriver) -> str:
    return browser.find_element(By.CSS_SELECTOR, "#problem .code").text


def test_both_factors_let_in_and_neither_alone_does(administration: Administration, browser: WebDriver) -> None:
    codes = sign_in_first(browser, administration, "zhao.liu")
    assert said(browser, "scopes")
    press(browser, "sign-out")
    used = administration.phones["zhao.liu"].at(administration.phones["zhao.liu"].given)
    for password, code in ((PASSWORD, ""), (PASSWORD, used), ("falsches Kennwort", codes[0])):
        fill(browser, name="zhao.liu", password=password, code=code)
        press(browser, "sign-in")
        assert problem(browser) == "E473"
    fill(browser, name="zhao.liu", password=PASSWORD, code=codes[0].lower())
    press(browser, "sign-in")
    assert said(browser, "scopes")
    press(browser, "sign-out")
    fill(browser, name="zhao.liu", password=PASSWORD, code=codes[0])
    press(browser, "sign-in")
    assert problem(browser) == "E473"


def test_wrong_tries_make_wait_also_with_what_is_right(administration: Administration, browser: WebDriver) -> None:
    sign_in_first(browser, administration, "qian.qi")
    press(browser, "sign-out")
    for _ in range(FREE_FOR_OPERATOR):
        fill(browser, name="qian.qi", password="falsches Kennwort", code="123456")
        press(browser, "sign-in")
        assert problem(browser) == "E473"
    sign_in(browser, administration, "qian.qi")
    assert problem(browser) == "E474"
    operators.reset(administration.centre, "qian.qi")


def test_a_form_without_the_token_of_its_session_changes_nothing(
    administration: Administration, browser: WebDriver
) -> None:
    sign_in_first(browser, administration, "sun.ba")
    cookie = browser.get_cookie(SESSION)
    assert cookie is not None
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
    own = sessions.request_token(administration.centre, cookie["value"])
    foreign = sessions.request_token(administration.centre, sessions.new_token())
    with stranger(administration) as line:
        line.cookies.set(SESSION, cookie["value"])
        for token, origin in ((None, None), (foreign, None), (own, "https://elsewhere.example")):
            form = {"desk": "D-0666", "point": "P-01"} | ({TOKEN_FIELD: token} if token else {})
            answer = line.post("/admin/desks/expect", data=form, headers={"origin": origin} if origin else {})
            assert answer.status_code == 403
        assert "D-0666" not in line.get("/admin/desks").text
        taken = line.post("/admin/desks/expect", data={"desk": "D-0666", "point": "P-01", TOKEN_FIELD: own})
        assert taken.status_code == 200
        assert "D-0666" in line.get("/admin/desks").text


def test_a_stranger_reaches_nothing_but_the_sign_in_page(administration: Administration) -> None:
    with stranger(administration) as line:
        for path in ("", "/desks", "/desks/expect", "/desks/revoke", "/record", "/account", "/set-up"):
            answer = line.get(f"/admin{path}")
            assert (answer.status_code, answer.headers["location"]) == (303, "/admin/sign-in")
            assert line.post(f"/admin{path}").status_code in {303, 404}
        assert line.get("/v1/health").status_code == 404


def test_every_answer_forbids_frames_caches_and_foreign_content(administration: Administration) -> None:
    with stranger(administration) as line:
        for path in ("/", "/admin", "/admin/sign-in", "/admin/style.css", "/admin/language/en", "/nothing"):
            answer = line.get(path)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "script" not in line.get("/admin/sign-in").text


def test_a_session_ends_when_it_is_idle_when_its_time_is_over_and_when_its_operator_is_removed(
    administration: Administration, browser: WebDriver
) -> None:
    centre = administration.centre
    sign_in_first(browser, administration, "zhou.jiu")
    cookie = browser.get_cookie(SESSION)
    assert cookie is not None
    (own,) = sessions_of(administration, "zhou.jiu")
    now = centre.now_ms()
    for begun, seen in ((now, now - sessions.IDLE_MS - 1), (now - sessions.LONGEST_MS - 1, now)):
        put(administration, operator_sessions.Session(own.digest, "zhou.jiu", own.stage, b"", begun, seen))
        browser.get(administration.url)
        assert browser.current_url.endswith("/admin/sign-in")
        browser.add_cookie({"name": SESSION, "value": cookie["value"], "secure": True, "httpOnly": True, "path": "/"})
    put(administration, operator_sessions.Session(own.digest, "zhou.jiu", own.stage, b"", now, centre.now_ms()))
    browser.get(administration.url)
    assert said(browser, "scopes")
    operators.remove(centre, "zhou.jiu")
    browser.get(administration.url)
    assert browser.current_url.endswith("/admin/sign-in")


def test_the_language_is_changed_on_the_page_and_stays(administration: Administration, browser: WebDriver) -> None:
    browser.get(administration.url)
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-CN"
    browser.find_element(By.LINK_TEXT, "English").click()
    browser.get(administration.url)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Sign in"
    browser.find_element(By.LINK_TEXT, "中文").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "登录"


def test_a_change_of_language_leads_to_no_other_host(administration: Administration) -> None:
    with stranger(administration) as line:
        for back in ("https://elsewhere.example", "//elsewhere.example", "/admin.elsewhere.example"):
            answer = line.get("/admin/language/en", params={"back": back})
            assert answer.headers["location"] == "/admin"


def stranger(administration: Administration) -> httpx.Client:
    return httpx.Client(base_url=administration.origin, verify=administration.trusting(), trust_env=False, timeout=60)


def sessions_of(administration: Administration, name: str) -> list[operator_sessions.Session]:
    with administration.centre.database.reading() as connection:
        return operator_sessions.of_operator(connection, name)


def put(administration: Administration, session: operator_sessions.Session) -> None:
    with administration.centre.database.writing() as connection:
        operator_sessions.end(connection, session.digest)
        operator_sessions.begin(connection, session)
