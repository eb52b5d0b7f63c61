"""Photograph the administration's pages in a headless Chromium: zh and en, wide and narrow, light, dark and with the
colours of a high contrast system; told is each page that is wider than its window.

    .venv/bin/python -m tests.pictures.administration --out out/administration
"""

import argparse
import tempfile
from pathlib import Path

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from sscard_desk.central.admin.guard import LANGUAGE
from tests.machines.admin import WAIT_SECONDS, Administration, administered, chromium, press, sign_in_first
from tests.machines.counter import POINT, Counter, person
from tests.machines.lists import register_row, written
from tests.pictures.busy_centre import fill

LOOKS = {
    "light": {"prefers-color-scheme": "light"},
    "dark": {"prefers-color-scheme": "dark"},
    "forced": {"forced-colors": "active", "prefers-color-scheme": "dark"},
}
SIZES = {"wide": 1366, "narrow": 683}
PAGES = {
    "home": "",
    "desks": "/desks",
    "desk": "/desks/one?desk=D-0002",
    "desk_revoked": "/desks/one?desk=D-0009",
    "expect": "/desks/expect",
    "revoke": "/desks/revoke?desk=D-0001",
    "lists": "/lists?kind=persons",
    "lists_banks": "/lists?kind=banks",
    "forms": "/forms",
    "blanks": "/blanks",
    "entries": "/entries",
    "staff": f"/staff?point={POINT}",
    "staff_one": f"/staff?point={POINT}&account={2:032x}",
    "staff_end": f"/staff/end?point={POINT}&account={1:032x}",
    "erasures": "/erasures",
    "retention": "/erasures/retention",
    "wishes": "/wishes",
    "record": "/record",
    "account": "/account",
}


def bring_faulty_list(browser: WebDriver, administration: Administration, folder: Path) -> str:
    """Bring a register with faults in; return where the page of it is."""
    rows = [register_row(person(n)) for n in range(900, 912)]
    for row in rows[2::3]:
        row["valid_from"] = "2020.13.01"
    browser.get(f"{administration.url}/lists?kind=persons")
    browser.find_element(By.ID, "file").send_keys(str(written(folder / "register.csv", rows)))
    press(browser, "bring")
    state = "return document.getElementById('state')?.dataset.state ?? ''"
    going = {"", "checking", "taking"}
    WebDriverWait(browser, WAIT_SECONDS).until(lambda each: each.execute_script(state) not in going)
    return browser.current_url.removeprefix(administration.url)


def photograph(browser: WebDriver, address: str, out: Path, name: str) -> int:
    """Take one page in both languages, all looks and sizes; return how often it is wider than its window."""
    wider = 0
    browser.get(address)
    for language in ("zh", "en"):
        browser.add_cookie({"name": LANGUAGE, "value": "en" if language == "en" else "zh_CN", "secure": True})
        for size, width in SIZES.items():
            for look, features in LOOKS.items():
                media = [{"name": feature, "value": value} for feature, value in features.items()]
                browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
                metrics = {"width": width, "height": 400, "deviceScaleFactor": 1, "mobile": False}
                browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                browser.get(address)
                height = browser.execute_script("return document.documentElement.scrollHeight")
                metrics["height"] = max(400, int(height))
                browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                browser.save_screenshot(str(out / f"{name}-{look}-{language}-{size}.png"))
                if browser.execute_script("return document.documentElement.scrollWidth > innerWidth"):
                    wider += 1
                    print(f"{name}-{look}-{language}-{size}: wider than its window")
    return wider


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("out/administration"))
    parser.add_argument("--page", action="append", choices=[*PAGES, "list", "sign_in"], help="only these pages")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wanted = options.page or [*PAGES, "list", "sign_in"]
    wider = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        Counter(Path(folder) / "centre") as counter,
        administered(counter.open) as administration,
        chromium(administration) as browser,
    ):
        fill(counter)
        sign_in_first(browser, administration, "li.ming")
        places = PAGES | {"list": bring_faulty_list(browser, administration, Path(folder)) if "list" in wanted else ""}
        for name in [each for each in wanted if each in places]:
            wider += photograph(browser, administration.url + places[name], options.out, name)
        if "sign_in" in wanted:
            browser.get(administration.url)
            press(browser, "sign-out")
            wider += photograph(browser, f"{administration.url}/sign-in", options.out, "sign_in")
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}, {wider} wider than their window")


if __name__ == "__main__":
    main()
