"""What the centre asks of certificates is data: how long they last, who must show one, which proxies are believed."""

import base64
import datetime as dt
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.certificate_rules import FILE, Demand, load_rules
from sscard_desk.central.certificates import Issuer, server_certificate
from sscard_desk.central.imports import import_point
from sscard_desk.central.server import CentreServer
from sscard_desk.domain.errors.operator import SettingUnknown, SettingWrong
from sscard_desk.wire import messages
from tests.machines.counter import POINT, REGION
from tests.machines.tls_desk import Shown, TlsDesk, enrolled_key, foreign, given

FEED = "/v1/feed?scope=reference&epoch=&after=0&limit=10"
HEADER = "x-sscard-certificate"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[OpenCentre]:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    import_point(centre, POINT, "示例街道服务站", REGION)
    yield centre
    centre.close()


def asked(
    centre: OpenCentre, *, shown: Shown | None = None, has_shown: bool = False, headers: Mapping[str, str] | None = None
) -> str:
    """What the desk D-0001 hears when it asks for the feed, directly or in the name of a proxy at 127.0.0.1."""
    key = enrolled_key(centre, "D-0001")
    server = CentreServer(centre)
    server.start()
    try:
        if has_shown:
            with TlsDesk(server.port, centre.keys.authority, "D-0001", key, given(centre, "D-0001")) as line:
                assert line.word("GET", "/v1/hello?training=1") == "ok"
        with TlsDesk(server.port, centre.keys.authority, "D-0001", key, shown or Shown()) as line:
            return line.word("GET", FEED, **(headers or {}))
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("demand", "before", "after"),
    [
        (Demand.USED, "ok", messages.CERTIFICATE_MISSING),
        (Demand.ALL, messages.CERTIFICATE_MISSING, messages.CERTIFICATE_MISSING),
        (Demand.NONE, "ok", "ok"),
    ],
)
def test_demand_says_whether_a_desk_reads_without_a_certificate_before_and_after_it_showed_one(
    made: OpenCentre, demand: Demand, before: str, after: str
) -> None:
    made.certificates = replace(made.certificates, demand=demand)
    assert asked(made) == before
    assert asked(made, has_shown=True) == after


def test_a_header_counts_from_nobody_until_its_proxy_is_named(made: OpenCentre) -> None:
    stolen = _handed(foreign("D-0001"))[0]
    assert asked(made, headers={HEADER: stolen}) == "ok"  # not looked at
    made.certificates = replace(made.certificates, proxies=frozenset({"192.0.2.1"}))
    assert asked(made, headers={HEADER: stolen}) == "ok"  # from somebody else
    made.certificates = replace(made.certificates, proxies=frozenset({"127.0.0.1"}))
    assert asked(made, headers={HEADER: stolen}) == messages.CERTIFICATE_WRONG


@pytest.mark.parametrize("form", [0, 1])
def test_a_named_proxy_hands_certificates_on_as_nginx_or_as_haproxy_do(made: OpenCentre, form: int) -> None:
    made.certificates = replace(made.certificates, proxies=frozenset({"127.0.0.1"}), demand=Demand.ALL)
    key = enrolled_key(made, "D-0001")
    server = CentreServer(made)
    server.start()
    try:
        with TlsDesk(server.port, made.keys.authority, "D-0001", key) as line:
            assert line.word("GET", FEED) == messages.CERTIFICATE_MISSING
            ours = _handed(given(made, "D-0001"))[form]
            assert line.word("GET", FEED, **{HEADER: ours}) == "ok"
            late = _handed(given(made, "D-0001", days_ago=181))[form]
            assert line.word("GET", FEED, **{HEADER: late}) == messages.CERTIFICATE_EXPIRED
            for wrong in (_handed(foreign("D-0001"))[form], "-----BEGIN CERTIFICATE-----", "AAAA", "!" * 9_000):
                assert line.word("GET", FEED, **{HEADER: wrong}) == messages.CERTIFICATE_WRONG
    finally:
        server.stop()


def test_a_centres_own_file_goes_before_what_is_shipped_line_by_line(tmp_path: Path) -> None:
    shipped = load_rules(tmp_path)
    assert (shipped.desk_days, shipped.server_days, shipped.demand, shipped.proxies) == (
        180,
        820,
        Demand.USED,
        frozenset(),
    )
    (tmp_path / FILE).write_text('desk_days = 30\n[proxy]\nfrom = ["::1", "10.0.0.7"]\n')
    own = load_rules(tmp_path)
    assert own == replace(shipped, desk_days=30, proxies=frozenset({"::1", "10.0.0.7"}))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("desk_day = 30", SettingUnknown),
        ("desk_days = 0", SettingWrong),
        ("desk_days = true", SettingWrong),
        ("server_days = 99999", SettingWrong),
        ('demand = "some"', SettingWrong),
        ("proxy = 1", SettingWrong),
        ('[proxy]\nfrom = "10.0.0.7"', SettingWrong),
        ('[proxy]\nfrom = ["proxy.example"]', SettingWrong),
        ('[proxy]\nheader = "x y"', SettingWrong),
        ("desk_days =", SettingWrong),
    ],
)
def test_a_line_that_cannot_be_used_is_said_and_the_centre_does_not_open(
    tmp_path: Path, text: str, error: type[Exception]
) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(error):
        load_rules(tmp_path)


@pytest.mark.parametrize(("days_ago", "renewed"), [(500, False), (560, True), (900, True)])
def test_a_server_renews_its_own_certificate_at_its_start_under_the_same_names(
    made: OpenCentre, days_ago: int, *, renewed: bool
) -> None:
    keys = made.keys
    first = x509.load_pem_x509_certificate(keys.server_certificate.read_bytes())
    authority_key = serialization.load_pem_private_key((keys.folder / "authority.key").read_bytes(), None)
    assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
    issuer = Issuer(x509.load_pem_x509_certificate(keys.authority), authority_key)
    then, key = dt.datetime.now(dt.UTC) - dt.timedelta(days=days_ago), first.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    old = server_certificate(key, issuer, _names(first), then, 820)
    keys.server_certificate.write_bytes(old.public_bytes(serialization.Encoding.PEM))
    server = CentreServer(made)
    server.start()
    try:
        new = x509.load_pem_x509_certificate(keys.server_certificate.read_bytes())
        assert (new != old, _names(new)) == (renewed, _names(first))
        with TlsDesk(server.port, keys.authority, "D-1", Ed25519PrivateKey.generate()) as line:
            assert line.ask("GET", "/v1/health")[0] == 200
            assert line.certificate() == new.public_bytes(serialization.Encoding.DER)
    finally:
        server.stop()


def test_a_server_certificate_of_somebody_else_is_left_alone(made: OpenCentre) -> None:
    shown = foreign("centre.example")
    pem = ssl.DER_cert_to_PEM_cert(shown.certificate).encode()
    made.keys.server_certificate.write_bytes(pem)
    assert not made.keys.renew_server(dt.datetime.now(dt.UTC) + dt.timedelta(days=900), 820)
    assert made.keys.server_certificate.read_bytes() == pem


def _names(certificate: x509.Certificate) -> list[x509.GeneralName]:
    return list(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)


def _handed(shown: Shown) -> tuple[str, str]:
    """A certificate as nginx hands it on, and as haproxy does."""
    return quote(ssl.DER_cert_to_PEM_cert(shown.certificate)), base64.b64encode(shown.certificate).decode()
