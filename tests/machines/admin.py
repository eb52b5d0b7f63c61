"""The administration on a real TLS socket, an operator with a second factor, and a headless Chromium, for tests."""

import base64
import hashlib
import os
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from sscard_desk.central.admin import operators
from sscard_desk.central.admin.factor import DIGITS, STEP
from sscard_desk.central.admin.place import AdminPlace
from sscard_desk.central.admin.server import AdminServer
from sscard_desk.central.centre import OpenCentre
from sscard_desk.cli.central_tools import admin_tools
from sscard_desk.resources import built

CHROMIUM = "/usr/bin/chromium"
DRIVER = "/usr/bin/chromedriver"
WAIT_SECONDS = 30
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
"""A bare server has no Chinese font; the pictures are drawn with those of the program."""
PASSWORD = "vier Birnen im Schrank"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-proxy-server",
)


@dataclass
class Authenticator:
    """What an operator has on the phone; each code it gives is of another time step, as a patient person's are."""

    secret: bytes
    given: int = 0

    @classmethod
    def typed(cls, shown: str) -> "Authenticator":
        text = shown.replace(" ", "")
        return cls(base64.b32decode(text + "=" * (-len(text) % 8)))

    def code(self, now_ms: int) -> str:
        step = max(self.given + 1, now_ms // 1000 // STEP)
        self.given = step
        return self.at(step)

    def at(self, step: int) -> str:
        return TOTP(self.secret, DIGITS, hashes.SHA1(), STEP).generate(step * STEP).decode()  # noqa: S303 - as RFC 6238 says


@dataclass
class Administration:
    """A served administration."""

    centre: OpenCentre
    url: str
    phones: dict[str, Authenticator] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.url.removesuffix("/admin")

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.centre.keys.authority.decode())

    def pin(self) -> str:
        """SHA-256 of the server's public key, as Chromium is told to believe it."""
        certificate = x509.load_pem_x509_certificate(self.centre.keys.server_certificate.read_bytes())
        key = certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(hashlib.sha256(key).digest()).decode()


@contextmanager
def administered(centre: OpenCentre) -> Iterator[Administration]:
    place = AdminPlace.of()
    assert place is not None
    server = AdminServer(centre, place, admin_tools())
    server.start()
    try:
        yield Administration(centre, place.url)
    finally:
        server.stop()
        place.close()


@contextmanager
def chromium(administration: Administration, *extra: str, width: int = 1366, height: int = 768) -> Iterator[WebDriver]:
    """A browser with an empty profile that believes the centre's certificate and no other."""
    profile = tempfile.mkdtemp(prefix="sscard-chromium-")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (
        *FLAGS,
        f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
        f"--ignore-certificate-errors-spki-list={administration.pin()}",
        "--lang=zh-CN",
        *extra,
    ):
        options.add_argument(flag)
    fonts = Path(profile) / "fonts.conf"
    fonts.write_text(FONTS.format(folder=built("fonts").resolve(), cache=profile), encoding="utf-8")
    service = webdriver.ChromeService(DRIVER, env=os.environ | {"FONTCONFIG_FILE": str(fonts)})
    browser = webdriver.Chrome(options=options, service=service)
    try:
        browser.set_page_load_timeout(60)
        browser.implicitly_wait(WAIT_SECONDS)
        yield browser
    finally:
        browser.quit()
        shutil.rmtree(profile, ignore_errors=True)


def fill(browser: WebDriver, **fields: str) -> None:
    for name, value in fields.items():
        box = browser.find_element(By.ID, name)
        box.clear()
        box.send_keys(value)


def press(browser: WebDriver, name: str, by: str = By.ID) -> None:
    """Press what leads to another page, and wait until this one is gone: a click returns before."""
    before = browser.find_element(By.TAG_NAME, "html")
    browser.find_element(by, name).click()
    # asked while the page goes, Chromium may say that the element is no part of it before it says that it is stale
    WebDriverWait(browser, WAIT_SECONDS, ignored_exceptions=[WebDriverException]).until(staleness_of(before))


def said(browser: WebDriver, name: str) -> str:
    return browser.find_element(By.ID, name).text


def sign_in_first(browser: WebDriver, administration: Administration, name: str) -> list[str]:
    """Add an operator and take the way of a first sign-in; return the recovery codes."""
    first = operators.add(administration.centre, name)
    browser.get(administration.url)
    fill(browser, name=name, password=first)
    press(browser, "sign-in")
    phone = Authenticator.typed(said(browser, "secret"))
    administration.phones[name] = phone
    fill(browser, code=phone.code(administration.centre.now_ms()), password=PASSWORD, again=PASSWORD)
    press(browser, "set-up")
    codes = [each.text for each in browser.find_elements(By.CSS_SELECTOR, "#codes li")]
    press(browser, "kept")
    return codes


def sign_in(browser: WebDriver, administration: Administration, name: str, password: str = PASSWORD) -> None:
    browser.get(f"{administration.origin}/admin/sign-in")
    code = administration.phones[name].code(administration.centre.now_ms())
    fill(browser, name=name, password=password, code=code)
    press(browser, "sign-in")
