"""Every page by the rules that a reader's program and weak eyes need: names, headings, order, contrast, zoom."""

import re
from collections.abc import Iterator

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from sscard_desk.resources import resource
from sscard_desk.ui.theme.contrast import ratio
from sscard_desk.ui.theme.tokens import DARK, LIGHT, Tokens
from tests.machines.admin import WAIT_SECONDS, Administration, chromium, press, sign_in_first
from tests.machines.counter import Counter

pytestmark = pytest.mark.real
PAIRS = (
    "ink/surface ink2/surface ink3/surface ink2/bg accent/surface accent/bg on/accent on/accent_h err/surface "
    "surface/err ok/surface warn/surface warn/warn_t ink/err_t ink2/err_t ink/ok_t ink2/ok_t "
    "ink/accent_tint ink2/sunken"
)
PAGES = ["", "/desks", "/desks/expect", "/lists?kind=persons", "/forms", "/blanks", "/entries", "/wishes", "/record"]
PAGES += ["/account", "/desks/one?desk=D-0001"]
LOOK = """
const bare = [], seen = new Set();
for (const each of document.querySelectorAll('input:not([type=hidden]), select, button, a, svg[role=img], progress')) {
  const name = each.getAttribute('aria-label') || each.labels?.[0]?.textContent || each.textContent || '';
  if (!name.trim()) bare.push(each.outerHTML);
}
for (const each of document.querySelectorAll('[id]')) {
  if (seen.has(each.id)) bare.push('#' + each.id);
  seen.add(each.id);
}
for (const each of document.querySelectorAll('[aria-describedby]'))
  if (!document.getElementById(each.getAttribute('aria-describedby'))) bare.push(each.outerHTML);
const levels = [...document.querySelectorAll('h1, h2, h3')].map(each => +each.tagName[1]);
const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
return {bare, levels, wide, lang: document.documentElement.lang, title: document.title,
        main: document.querySelectorAll('main').length};
"""


@pytest.fixture(scope="module")
def narrow(counter: Counter, administration: Administration) -> Iterator[WebDriver]:
    """A window of 1366 x 768 at 200 %: 683 x 384 points."""
    counter.identity("D-0001")
    with chromium(administration, "--force-device-scale-factor=2") as browser:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 683, "height": 384, "deviceScaleFactor": 2, "mobile": False},
        )
        sign_in_first(browser, administration, "he.ping")
        yield browser


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_heading_named_controls_and_fits_at_200_percent(
    administration: Administration, narrow: WebDriver, page: str
) -> None:
    narrow.get(administration.url + page)
    found = narrow.execute_script(LOOK)
    assert (found["bare"], found["wide"], found["main"], found["lang"]) == ([], False, 1, "zh-CN")
    assert found["levels"][0] == 1
    assert found["levels"].count(1) == 1
    assert found["title"].startswith(narrow.find_element(By.TAG_NAME, "h1").text)


def test_the_sign_in_goes_by_keyboard_alone_from_its_first_field(administration: Administration) -> None:
    with chromium(administration) as browser:
        codes = sign_in_first(browser, administration, "luo.jing")
        press(browser, "sign-out")
        browser.refresh()
        WebDriverWait(browser, WAIT_SECONDS).until(
            lambda browser: browser.switch_to.active_element.get_attribute("id") == "name"
        )
        for text in ("luo.jing", Keys.TAB, "vier Birnen im Schrank", Keys.TAB, codes[0], Keys.ENTER):
            browser.switch_to.active_element.send_keys(text)
        assert browser.find_element(By.ID, "scopes")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9A-F]{6});", block))


@pytest.mark.parametrize(("tokens", "at"), [(LIGHT, 0), (DARK, 1)])
def test_the_colours_are_those_of_the_counter_program_and_stand_out(tokens: Tokens, at: int) -> None:
    style = resource("admin", "style.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[at]
    here = colours(block)
    assert len(here) > 15
    assert here == {name: getattr(tokens, name) for name in here}
    for pair in PAIRS.split():
        ink, _, ground = pair.partition("/")
        assert ratio(here[ink], here[ground]) >= 4.5, pair
