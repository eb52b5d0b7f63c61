"""Certificates over real sockets: who shows which, what it opens, and that nobody is locked out of delivering."""

import ssl
from dataclasses import replace
from http.client import RemoteDisconnected

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import PrivateFormat

from sscard_desk.central.store import desks
from sscard_desk.central.store.desk_status import desk_statuses
from sscard_desk.central.store.desks import revoke_desk
from sscard_desk.central.store.tables import desk as desk_table
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.desk_identity import CertificateMissing, CertificateRefused, CertificateReplaced
from sscard_desk.sync.certificate import certificate_request, new_key
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.phases.certificate import ASKED
from sscard_desk.wire import messages
from sscard_desk.wire.certificates import PATH, CertificateQuestion, Certified
from tests.machines.counter import POINT, Counter, opened, subject
from tests.machines.line import Line
from tests.machines.model_desk import ModelDesk
from tests.machines.tls_desk import Shown, TlsDesk, enrolled_key, foreign, given

HELLO = "/v1/hello?training=1"
FEED = "/v1/feed?scope=reference&epoch=&after=0&limit=10"
HUNG_UP = (RemoteDisconnected, ConnectionResetError, ssl.SSLError)
PUSH = msgspec.msgpack.encode(messages.Push(protocol=1, desk="D-0001", entries=()))


def kept(counter: Counter, name: str = "D-0001") -> tuple[ModelDesk, DeskIdentity]:
    """An enrolled desk whose identity lies in its database."""
    desk, identity = ModelDesk(name), counter.identity(name)
    identity.keep(desk)
    return desk, identity


def loaded(desk: ModelDesk) -> DeskIdentity:
    return DeskIdentity.load(desk, desk.desk, training=True)


def question(key: bytes | None = None) -> bytes:
    return msgspec.msgpack.encode(CertificateQuestion(request=certificate_request(key or new_key())))


def shows(counter: Counter, desk: str = "D-0001") -> str:
    with counter.open.database.reading() as connection:
        found = desks.find_desk(connection, desk)
    assert found is not None
    return found.certificate


def given_so_far(counter: Counter) -> int:
    with counter.open.database.reading() as connection:
        return len(connection.exec_driver_sql("SELECT serial FROM certificate").all())


def tls_desk(counter: Counter, key: Ed25519PrivateKey, shown: Shown | None = None, desk: str = "D-0001") -> TlsDesk:
    return TlsDesk(counter.port, counter.open.keys.authority, desk, key, shown or Shown())


def test_a_desk_takes_a_certificate_at_enrolment_with_its_name_and_nothing_else(counter: Counter) -> None:
    desk, identity = kept(counter)
    read = x509.load_der_x509_certificate(identity.certificate)
    assert [(one.oid._name, one.value) for one in read.subject] == [("commonName", "D-0001")]
    assert (read.not_valid_after_utc - read.not_valid_before_utc).days == 182
    assert shows(counter) == ""
    with HttpCentre(loaded(desk)) as centre:
        assert run_pass(desk, centre).up_to_date
    assert shows(counter) == f"{read.serial_number:x}"
    assert identity.tls_key.hex() not in repr(identity)


def test_a_certificate_of_another_authority_gets_no_answer_and_is_never_called_offline(counter: Counter) -> None:
    desk, identity = kept(counter)
    desk.record(opened(1), subject())
    stranger = foreign("D-0001")
    with tls_desk(counter, _signing(identity), stranger) as line, pytest.raises(HUNG_UP):
        line.ask("GET", "/v1/health")
    with HttpCentre(replace(identity, certificate=stranger.certificate, tls_key=stranger.key)) as centre:
        with pytest.raises(CertificateRefused):
            run_pass(desk, centre)
        counter.stop()
        with pytest.raises(CentreUnreachable):
            run_pass(desk, centre)
    assert desk.unsent() == 1


def test_the_certificate_of_one_desk_with_the_signature_of_another_opens_nothing(counter: Counter) -> None:
    one, two = (enrolled_key(counter.open, name) for name in ("D-0001", "D-0002"))
    of_two = given(counter.open, "D-0002")
    with tls_desk(counter, one, of_two) as line:
        for method, target, body in (("GET", HELLO, b""), ("POST", "/v1/push", PUSH), ("POST", PATH, question())):
            assert line.word(method, target, body) == messages.CERTIFICATE_WRONG
        assert line.ask("GET", "/v1/health")[0] == 200
    with tls_desk(counter, two, of_two, "D-0002") as line:
        assert line.word("GET", HELLO) == "ok"


def test_a_certificate_that_the_authority_signed_for_something_else_opens_nothing(counter: Counter) -> None:
    key = enrolled_key(counter.open, "D-0001")
    keys = counter.open.keys
    server_key = serialization.load_pem_private_key(keys.server_key.read_bytes(), None)
    der = server_key.private_bytes(serialization.Encoding.DER, PrivateFormat.PKCS8, serialization.NoEncryption())
    server = Shown(ssl.PEM_cert_to_DER_cert(keys.server_certificate.read_text()), der)
    with tls_desk(counter, key, server) as line, pytest.raises(HUNG_UP):
        line.ask("GET", HELLO)
    unrecorded = given(counter.open, "D-0001")
    with counter.open.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM certificate")
    with tls_desk(counter, key, unrecorded) as line:
        assert line.word("GET", HELLO) == messages.CERTIFICATE_WRONG


def test_an_expired_certificate_delivers_and_renews_and_reads_nothing_until_then(counter: Counter) -> None:
    key = enrolled_key(counter.open, "D-0001")
    with tls_desk(counter, key, given(counter.open, "D-0001", days_ago=200)) as line:
        assert line.word("GET", HELLO) == "ok"
        assert line.word("POST", "/v1/push", PUSH) == "ok"
        assert line.word("GET", FEED) == messages.CERTIFICATE_EXPIRED
        fresh = new_key()
        status, said = line.ask("POST", PATH, question(fresh))
        assert status == 200
    new = Shown(msgspec.msgpack.decode(said, type=Certified).certificate, fresh)
    with tls_desk(counter, key, new) as line:
        assert line.word("GET", FEED) == "ok"


@pytest.mark.parametrize(("days_ago", "renews"), [(0, False), (119, False), (121, True), (179, True), (400, True)])
def test_a_pass_renews_with_a_fresh_key_when_a_third_of_the_life_is_left(
    counter: Counter, days_ago: int, *, renews: bool
) -> None:
    desk, identity = kept(counter)
    with counter.open.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM certificate")
    old = given(counter.open, "D-0001", days_ago=days_ago)
    replace(identity, certificate=old.certificate, tls_key=old.key).keep(desk)
    desk.record(opened(1), subject())
    with HttpCentre(loaded(desk)) as centre:
        assert run_pass(desk, centre).up_to_date
    now = loaded(desk)
    assert (now.certificate != old.certificate, now.tls_key != old.key) == (renews, renews)
    assert given_so_far(counter) == 1 + renews
    assert shows(counter) == f"{x509.load_der_x509_certificate(now.certificate).serial_number:x}"


def test_a_desk_of_before_is_asked_at_its_greeting_and_takes_its_first_certificate(counter: Counter) -> None:
    desk, key = ModelDesk("D-0001"), enrolled_key(counter.open, "D-0001")
    keys = counter.open.keys
    DeskIdentity("D-0001", True, key.private_bytes_raw(), keys.authority, counter.url, keys.receipt_key).keep(desk)
    with tls_desk(counter, key) as line:
        assert line.word("GET", FEED) == "ok"  # a program that knows of no certificates goes on
    with HttpCentre(loaded(desk)) as centre:
        assert run_pass(desk, centre).up_to_date
        assert run_pass(desk, centre).up_to_date
    assert given_so_far(counter) == 1
    assert shows(counter)
    with tls_desk(counter, key) as line:
        assert line.word("GET", FEED) == messages.CERTIFICATE_MISSING
        assert line.word("POST", PATH, question()) == messages.CERTIFICATE_MISSING
        assert line.word("POST", "/v1/push", PUSH) == "ok"


def test_a_lost_answer_brings_the_same_certificate_again(counter: Counter) -> None:
    desk, identity = kept(counter)
    replace(identity, certificate=b"", tls_key=b"").keep(desk)
    desk.settings.pop("certificate")
    with counter.open.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM certificate")
    asked = new_key()
    desk.set_setting(ASKED, asked)
    with tls_desk(counter, _signing(identity)) as line:  # the question of a program that was killed before it heard
        assert line.word("POST", PATH, question(asked)) == "ok"
    with HttpCentre(loaded(desk)) as centre:
        assert run_pass(desk, centre).up_to_date
    assert (given_so_far(counter), loaded(desk).tls_key, desk.setting(ASKED)) == (1, asked, b"")


def test_a_revoked_desk_is_refused_on_the_connection_that_it_has_open(counter: Counter) -> None:
    key = enrolled_key(counter.open, "D-0001")
    with tls_desk(counter, key, given(counter.open, "D-0001")) as line:
        assert line.word("GET", FEED) == "ok"
        with counter.open.database.writing() as connection:
            revoke_desk(connection, "D-0001", counter.open.now_ms())
        for method, target, body in (("GET", FEED, b""), ("POST", "/v1/push", PUSH), ("POST", PATH, question())):
            assert line.word(method, target, body) == messages.DESK_REVOKED


def test_a_certificate_that_was_replaced_counts_for_minutes_and_then_only_delivers(counter: Counter) -> None:
    key = enrolled_key(counter.open, "D-0001")
    old, new = given(counter.open, "D-0001"), given(counter.open, "D-0001")
    for shown in (old, new, old, new):
        with tls_desk(counter, key, shown) as line:
            assert line.word("GET", FEED) == "ok"
    with counter.open.database.writing() as connection:
        connection.execute(desk_table.update().values(certificate_since_ms=counter.open.now_ms() - 3_600_000))
    with tls_desk(counter, key, old) as line:
        assert line.word("GET", FEED) == messages.CERTIFICATE_REPLACED
        assert line.word("POST", PATH, question()) == messages.CERTIFICATE_REPLACED
        assert line.word("POST", "/v1/push", PUSH) == "ok"
    with tls_desk(counter, key, new) as line:
        assert line.word("GET", FEED) == "ok"


def test_a_desk_put_back_to_an_older_copy_sends_what_it_has_and_hears_why_it_reads_nothing(counter: Counter) -> None:
    desk, identity = kept(counter)
    with HttpCentre(identity) as centre:
        assert run_pass(desk, centre).up_to_date
    with tls_desk(counter, _signing(identity), given(counter.open, "D-0001")) as line:
        assert line.word("GET", FEED) == "ok"
    with counter.open.database.writing() as connection:
        connection.execute(desk_table.update().values(certificate_since_ms=0))
    desk.record(opened(1), subject())
    with HttpCentre(identity) as centre, pytest.raises(CertificateReplaced):
        run_pass(desk, centre)
    assert desk.unsent() == 0
    desk.settings.pop("certificate")
    desk.record(opened(2), subject())
    with HttpCentre(loaded(desk)) as centre, pytest.raises(CertificateMissing):
        run_pass(desk, centre)
    assert desk.unsent() == 0


def test_a_line_that_is_cut_is_called_offline_and_never_a_refused_certificate(counter: Counter) -> None:
    desk, identity = kept(counter)
    with Line(counter.port) as line, HttpCentre(replace(identity, url=line.url)) as centre:
        assert run_pass(desk, centre).up_to_date
        for budget in (0, 200, 1_000, 3_000):
            line.cut_after(budget)
            with pytest.raises(CentreUnreachable):
                run_pass(desk, centre)
            line.mend()
        assert run_pass(desk, centre).up_to_date


def test_an_enrolment_with_another_key_makes_the_certificates_of_the_computer_before_worthless(
    counter: Counter,
) -> None:
    first = enrolled_key(counter.open, "D-0001")
    old = given(counter.open, "D-0001")
    with tls_desk(counter, first, old) as line:
        assert line.word("GET", FEED) == "ok"
    second = enrolled_key(counter.open, "D-0001")
    with tls_desk(counter, second, old) as line:
        assert line.word("POST", "/v1/push", PUSH) == messages.CERTIFICATE_WRONG
    with tls_desk(counter, second) as line:
        assert line.word("POST", PATH, question()) == "ok"


def test_without_the_authoritys_key_desks_enrol_and_work_and_are_asked_later(counter: Counter) -> None:
    file = counter.open.keys.folder / "authority.key"
    key = file.read_bytes()
    file.unlink()
    desk, identity = kept(counter)
    assert identity.certificate == b""
    with HttpCentre(identity) as centre:
        assert run_pass(desk, centre).up_to_date
        file.write_bytes(key)
        assert run_pass(desk, centre).up_to_date
    assert loaded(desk).certificate


def test_status_names_the_end_of_the_newest_certificate_and_whether_it_is_shown(counter: Counter) -> None:
    desk, identity = kept(counter)
    for shown in (False, True):
        with counter.open.database.reading() as connection:
            (status,) = desk_statuses(connection, POINT)
        assert status.shows_certificate is shown
        end = x509.load_der_x509_certificate(identity.certificate).not_valid_after_utc
        assert status.certificate_end_ms == int(end.timestamp() * 1000)
        with HttpCentre(identity) as centre:
            run_pass(desk, centre)


def _signing(identity: DeskIdentity) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(identity.key)
