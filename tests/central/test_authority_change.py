"""The authority changes while desks work: each learns of the next one first, and believes the centre all the way."""

import datetime as dt
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509

from sscard_desk.central import authority_change
from sscard_desk.central.certificates import signed_by
from sscard_desk.central.store.tables import certificate
from sscard_desk.domain.errors.centre import ServerCertificateWrong
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from tests.machines.counter import Counter
from tests.machines.model_desk import ModelDesk


def kept(counter: Counter, name: str) -> ModelDesk:
    desk = ModelDesk(name)
    counter.identity(name).keep(desk)
    return desk


def passes(counter: Counter, desk: ModelDesk) -> bool:
    desk.set_setting("centre_url", counter.url.encode())
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as centre:
        return run_pass(desk, centre).up_to_date


def signer(der: bytes, folder: Path) -> str:
    read = x509.load_der_x509_certificate(der)
    files = [folder / "authority.pem", *folder.glob("authority-*.pem")]
    return next(file.name for file in files if signed_by(read, x509.load_pem_x509_certificate(file.read_bytes())))


def untold(counter: Counter) -> int:
    with counter.open.database.reading() as connection:
        return authority_change.not_yet_told(connection, counter.folder)


def test_desks_learn_of_the_next_authority_and_go_on_when_it_signs_while_one_that_was_away_does_not(
    tmp_path: Path,
) -> None:
    with Counter(tmp_path / "centre") as counter:
        here, away = kept(counter, "D-0001"), kept(counter, "D-0002")
        assert passes(counter, here)
        assert passes(counter, away)
        with counter.open.database.writing() as connection:  # a minute ago
            connection.execute(certificate.update().values(issued_ms=certificate.c.issued_ms - 60_000))
        assert authority_change.begin_next(counter.folder, dt.datetime.now(dt.UTC))
        assert not authority_change.begin_next(counter.folder, dt.datetime.now(dt.UTC))
        counter.restart()
        while counter.open.now_ms() < counter.open.authorities_ms:  # it counts from the next whole second on
            time.sleep(0.05)
        assert untold(counter) == 2
        assert passes(counter, here)
        late = kept(counter, "D-0003")
        assert untold(counter) == 1
        authority_change.change(counter.folder)
        counter.restart()
        server = ssl.PEM_cert_to_DER_cert(counter.open.keys.server_certificate.read_text())
        assert signer(server, counter.folder) == "authority.pem"
        shown = DeskIdentity.load(here, here.desk, training=True).certificate
        assert signer(shown, counter.folder).startswith("authority-former")
        assert passes(counter, here)
        assert passes(counter, late)
        with pytest.raises(ServerCertificateWrong):
            passes(counter, away)
        assert passes(counter, kept(counter, "D-0004"))


def test_a_change_that_broke_off_between_its_files_is_ended_by_the_next_call(tmp_path: Path) -> None:
    with Counter(tmp_path / "centre") as counter:
        authority_change.begin_next(counter.folder, dt.datetime.now(dt.UTC))
        (counter.folder / authority_change.NEXT_KEY).rename(counter.folder / authority_change.KEY)
        authority_change.change(counter.folder)
        counter.restart()
        desk = kept(counter, "D-0001")
        assert passes(counter, desk)
        shown = DeskIdentity.load(desk, desk.desk, training=True).certificate
        assert signer(shown, counter.folder) == "authority.pem"
        assert [one.signs for one in authority_change.authorities(counter.folder)] == [True, False]
