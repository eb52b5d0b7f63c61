"""A new data folder becomes a desk without a line: a request goes out on a stick, and an answer comes back on it.

Between the two the folder has its accounts and a sealed note of what was asked; there is no database yet, because only
the centre knows of which service point this desk is.
"""

import hashlib
import hmac
import secrets
import ssl
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sscard_desk.bootstrap.enrolment import NewDesk, keep_enrolment
from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong
from sscard_desk.domain.errors.stick import StickDamaged, StickOtherDesk
from sscard_desk.domain.errors.store import DatabaseDamaged, NotSetUp
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.security.slots import Account, Slots
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire.enrolment import Enrolled, EnrolmentCode
from sscard_desk.wire.stick import joining
from sscard_desk.wire.stick.header import FORMAT
from sscard_desk.wire.unpacking import unpack_as

ASKED: Final = "enrolment.sealed"
NO_LINE: Final = "https://no-line.invalid"
"""In place of the centre's address where none was told: it is never found (RFC 2606), and the desk is offline."""
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked: sealed under a key derived from the database's, which nobody has without a password."""

    desk: str
    fingerprint: bytes
    secret_hash: bytes
    key: bytes
    training: bool
    desk_no: int
    window: str
    url: str
    accounts: tuple[tuple[str, str, str, bytes, str, bytes], ...]


def ask_to_join(desk: NewDesk, code: str, folder: Path, *, desk_no: int, window: str, url: str = "") -> Path:
    """Write the request of a new folder.

    Args:
        desk: from `begin_desk`.
        code: as the centre's administrator gave it out.
        folder: on the stick.
        desk_no: 0 to 99, this desk's number at its point.
        window: what people at the point call this counter.
        url: where the centre would be reached, if there is ever a line.

    Raises:
        EnrolmentCodeWrong: not a code.
        StickMissing, DiskFull, DiskTrouble: the stick, or the folder.
    """
    try:
        read = EnrolmentCode.read(code)
    except ValueError as unreadable:
        raise EnrolmentCodeWrong from unreadable
    key = Ed25519PrivateKey.generate()
    public_key = key.public_key().public_bytes_raw()
    secret_hash = hashlib.sha256(read.secret).digest()
    asked = Asked(
        desk=read.desk,
        fingerprint=read.fingerprint,
        secret_hash=secret_hash,
        key=key.private_bytes_raw(),
        training=desk.training,
        desk_no=desk_no,
        window=window,
        url=url or NO_LINE,
        accounts=tuple(
            (one.account, one.display_name, one.role.value, one.public_key, one.slot, one.slot_public)
            for one in desk.accounts
        ),
    )
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_key(desk.database_key)).encrypt(nonce, msgspec.msgpack.encode(asked), ASKED.encode())
    write_whole(desk.folder / ASKED, [nonce, sealed])
    proved = joining.request_bytes(read.desk, public_key, training=desk.training)
    request = joining.JoinRequest(
        format=FORMAT,
        desk=read.desk,
        public_key=public_key,
        training=desk.training,
        mac=joining.mac(secret_hash, proved),
        proof=key.sign(proved),
    )
    path = folder / joining.REQUEST
    joining.write(path, request)
    return path


def end_joining(folder: Path, login: str, password: str, answer: Path) -> str:
    """Make the database of a folder whose request was answered; return what the centre calls the desk.

    Args:
        folder: the data folder.
        login: the account that was made with the request.
        password: its password.
        answer: the centre's file.

    Raises:
        NotSetUp: nothing was asked in this folder.
        AccountUnknown, PasswordWrong, AccountPaused: the account.
        StickMissing, StickDamaged, StickNewer, StickOtherDesk: the file, or it answers another request.
        DiskFull, DiskTrouble: this computer's disk.
    """
    if not (folder / ASKED).is_file():
        raise NotSetUp
    said = joining.read(answer, joining.JoinAnswer)
    asked, database_key = _open(folder, login, password)
    if said.desk != asked.desk:
        raise StickOtherDesk(desk=said.desk)
    public_key = Ed25519PrivateKey.from_private_bytes(asked.key).public_key().public_bytes_raw()
    proof = joining.mac(asked.secret_hash, joining.answer_bytes(public_key, said.enrolled, said.authority))
    if not hmac.compare_digest(proof, said.mac):
        raise StickDamaged
    try:
        enrolled = unpack_as(Enrolled, said.enrolled)
        shown = hashlib.sha256(ssl.PEM_cert_to_DER_cert(said.authority.decode("ascii"))).digest()
    except ValueError as broken:
        raise StickDamaged from broken
    if not hmac.compare_digest(shown, asked.fingerprint):
        raise StickDamaged
    identity = DeskIdentity(
        desk=enrolled.desk,
        training=asked.training,
        key=asked.key,
        authority=said.authority,
        url=asked.url,
        receipt_key=enrolled.receipt_key,
    )
    accounts = tuple(
        Account(AccountId(key), name, Role(role), public, slot, slot_public)
        for key, name, role, public, slot, slot_public in asked.accounts
    )
    desk = NewDesk(folder, asked.training, database_key, accounts)
    keep_enrolment(desk, identity, enrolled, desk_no=asked.desk_no, window=asked.window)
    (folder / ASKED).unlink()
    return enrolled.desk


def _open(folder: Path, login: str, password: str) -> tuple[Asked, bytes]:
    """Open the sealed note with an account's password.

    Training slots differ from others in how short a password may be set, not in how they open.
    """
    database_key = Slots(folder).unlock(login, password).database_key
    raw = (folder / ASKED).read_bytes()
    try:
        opened = AESGCM(_key(database_key)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], ASKED.encode())
        return unpack_as(Asked, opened), database_key
    except (InvalidTag, msgspec.MsgspecError) as broken:
        raise DatabaseDamaged from broken


def _key(database_key: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, None, b"sscard enrolment that waits").derive(database_key)
