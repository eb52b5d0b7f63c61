"""A desk made for tests: real folder, real encrypted database, events of one applicant in their order."""

import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.domain.seals import APPROVED as SEALED_APPROVAL
from sscard_desk.domain.seals import SIGNED, approval_bytes, content_of, sealed_bytes
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.wire.staff import StaffRow

KEY = bytes(range(32))
CLERK = AccountId("c1e4" * 8)
SUPERVISOR = AccountId("50be" * 8)
CLERK_KEY = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
SUPERVISOR_KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
ID_NUMBER = "110101199003074530"
NAME = "单于晓明"
PHOTO = BlobId("ab" * 32)
CENTRE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CODE = "420100D156000005" + "0123456789ABCDEF"


def make_desk(folder: Path, desk: str = "D-0001", desk_no: int = 1) -> DeskStore:
    create_folder(
        folder, desk_id=desk, service_point="4201", desk_no=desk_no, training=True, database_key=KEY,
        scopes=("persons:420106",),
    )  # fmt: skip
    return open_desk(folder, KEY)


def new_subject() -> ApplicationId:
    return ApplicationId(secrets.token_hex(16))


def opened(number: str, id_number: str = ID_NUMBER) -> events.Opened:
    return events.Opened(
        number=number,
        id_number=id_number,
        name=NAME,
        document_kind="citizen",
        evidence="typed",
        answers={"name": NAME},
    )


def begin(desk: DeskStore, subject: ApplicationId | None = None, id_number: str = ID_NUMBER) -> ApplicationId:
    subject = subject or new_subject()
    with desk.work(CLERK) as work:
        work.record(opened(work.next_application_number(), id_number), subject=subject)
    return subject


BANK = events.BankConfirmed(bank="01", bank_name="示例银行", outlet="0101", edition="1", serial="s")
PHOTO_ATTACHED = events.PhotoAttached(photo=PHOTO, source="camera", size=20_000)
ISSUED = events.FormIssued(edition="1", serial="s", copy=1, answers={"name": NAME}, digest="d1", due=date(2026, 12, 1))
RETURNED = events.FormReturned(answers={"name": NAME}, changes=(), digest="d2")
MATERIALS = events.MaterialsChecked(materials=(events.Material("id_card", "original_seen"),))
APPLICANT_SIGNED = events.Signed(party="applicant", kind_of_signature="strokes", digest="d2", evidence=None)
CLERK_SIGNED = events.Signed(party="clerk", kind_of_signature="strokes", digest="d2", evidence=None, seal=b"s")
APPROVED = events.Approved(digest="d2", seal=b"s")
INTENDED = events.CardIntended(
    identification_code=CODE, card_number="A12345678", profile="training", digest="k", items=("08", "09"),
    issue_date=date(2026, 11, 22), valid_until=date(2036, 11, 22),
)  # fmt: skip
WRITTEN = events.CardWritten(identification_code=CODE, digest="k", apdus=30, items=("08", "09"))

CLERKS_WAY: tuple[events.Event, ...] = (
    BANK, PHOTO_ATTACHED, ISSUED, RETURNED, MATERIALS, APPLICANT_SIGNED, CLERK_SIGNED,
)  # fmt: skip


def signed(subject: ApplicationId, key: Ed25519PrivateKey = CLERK_KEY) -> events.Signed:
    return replace(CLERK_SIGNED, seal=key.sign(sealed_bytes(SIGNED, subject, CLERK_SIGNED.digest)))


def approved(subject: ApplicationId, key: Ed25519PrivateKey = SUPERVISOR_KEY) -> events.Approved:
    return replace(APPROVED, seal=key.sign(sealed_bytes(SEALED_APPROVAL, subject, APPROVED.digest)))


def act(desk: DeskStore, subject: ApplicationId, event: events.Event, actor: AccountId = CLERK) -> None:
    with desk.work(actor) as work:
        work.record(event, subject=subject)


def sign(desk: DeskStore, subject: ApplicationId) -> None:
    for event in (*CLERKS_WAY[:-1], signed(subject)):
        act(desk, subject, event)


def staff_row(role: str, key: Ed25519PrivateKey) -> dict[str, str]:
    return {"role": role, "public_key": key.public_key().public_bytes_raw().hex()}


def know_centre(desk: DeskStore) -> None:
    desk.set_setting("receipt_key", CENTRE.public_key().public_bytes_raw())


def sealed_row(row: StaffRow, key: Ed25519PrivateKey | None = None) -> dict[str, str]:
    return row.row((key or CENTRE).sign(row.sealed_bytes()))


def staff_of(account: AccountId, role: str, *keys: Ed25519PrivateKey, serial: int = 1, point: str = "4201") -> StaffRow:
    public = tuple(key.public_key().public_bytes_raw().hex() for key in keys)
    return StaffRow(account, point, "", "训练", role, public, serial)


def keep_staff(desk: DeskStore) -> None:
    desk.keep_local_reference("staff", CLERK, staff_row("clerk", CLERK_KEY))
    desk.keep_local_reference("staff", SUPERVISOR, staff_row("supervisor", SUPERVISOR_KEY))


def named(application: Application, key: Ed25519PrivateKey = SUPERVISOR_KEY) -> events.Approved:
    """An approval of what an application says."""
    content, nonce = content_of(application), "ab" * 16
    seal = key.sign(approval_bytes(application.id, APPROVED.digest, content, nonce))
    return replace(approved(application.id, key), content=content, nonce=nonce, content_seal=seal)
