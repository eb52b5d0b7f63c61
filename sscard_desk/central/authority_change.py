"""Changing the authority of a centre: the next one is believed long before it signs, the former one long after.

Desks and server believe every `authority-*.pem` in the centre's folder beside `authority.pem`, which signs. Each desk
is handed all of them with its certificate, and is asked to take another one as soon as it cannot know one of them.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Connection, func, select

from sscard_desk.central.certificates import authority_certificate, known_since_ms
from sscard_desk.central.store.desks import DeskState
from sscard_desk.central.store.tables import certificate, desk
from sscard_desk.disk import write_whole

SIGNING: Final = "authority.pem"
KEY: Final = "authority.key"
NEXT: Final = "authority-next.pem"
NEXT_KEY: Final = "authority-next.key"
_FORMER: Final = "authority-former-{serial:x}.pem"


@dataclass(frozen=True)
class Believed:
    """An authority of a centre: whether it signs, what codes call it, and when it ends."""

    signs: bool
    fingerprint: str
    end: dt.datetime


def authorities(folder: Path) -> list[Believed]:
    """Return every authority that desks believe, the one that signs first."""
    files = [folder / SIGNING, *sorted(folder.glob("authority-*.pem"))]
    read = [(file, x509.load_pem_x509_certificate(file.read_bytes())) for file in files]
    return [
        Believed(file.name == SIGNING, one.fingerprint(hashes.SHA256()).hex(), one.not_valid_after_utc)
        for file, one in read
    ]


def begin_next(folder: Path, now: dt.datetime) -> bool:
    """Make the next authority; one that was begun stays. Servers believe it from their next start on.

    Returns:
        Whether it is new.
    """
    if (folder / NEXT).exists():
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    sealed = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_whole(folder / NEXT_KEY, [sealed])
    made = authority_certificate(key, now)
    write_whole(folder / NEXT, [made.public_bytes(serialization.Encoding.PEM)])  # last: with it the next one is there
    return True


def not_yet_told(connection: Connection, folder: Path) -> int:
    """Return how many desks that the centre listens to have taken no certificate since the next authority is there."""
    since_ms = known_since_ms(
        [x509.load_pem_x509_certificate((folder / name).read_bytes()) for name in (SIGNING, NEXT)]
    )
    told = select(certificate.c.desk).where(certificate.c.issued_ms >= since_ms)
    query = select(func.count()).where(desk.c.state == DeskState.ENROLLED.value, desk.c.id.not_in(told))
    return int(connection.execute(query).scalar_one())


def change(folder: Path) -> None:
    """Let the next authority sign; the one before is believed further on. A change that broke off is ended.

    Servers are started again afterwards: they take a certificate of the one that signs now.
    """
    before = x509.load_pem_x509_certificate((folder / SIGNING).read_bytes())
    write_whole(folder / _FORMER.format(serial=before.serial_number), [(folder / SIGNING).read_bytes()])
    if (folder / NEXT_KEY).exists():
        (folder / NEXT_KEY).replace(folder / KEY)
    (folder / NEXT).replace(folder / SIGNING)
