"""Sign-offs of another desk: what is folded, what stands on the list of conflicts, and what waits for a staff row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.seals import WITNESSED, sealed_bytes
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import write_entry_body, write_row, write_snapshot
from sscard_desk.wire.messages import FeedItem, FeedPage, SnapshotInfo
from tests.store import _desk as a

POINT = "point:4201"
STRANGER = Ed25519PrivateKey.from_private_bytes(b"x" * 32)
Row = tuple[AccountId, str, Ed25519PrivateKey]
CLERK: Row = (a.CLERK, "clerk", a.CLERK_KEY)
SUPERVISOR: Row = (a.SUPERVISOR, "supervisor", a.SUPERVISOR_KEY)


class Elsewhere:
    """Another desk, and the feed that brings its entries."""

    def __init__(self, folder: Path) -> None:
        self.desk = a.make_desk(folder, desk="D-0002", desk_no=2)
        self.taken = 0
        self.position = 0

    def entries(self) -> list[FeedItem]:
        """What the desk wrote since it was asked last."""
        new = self.desk.pending_entries(1_000, 10_000_000)[self.taken :]
        self.taken += len(new)
        return self.taken_by_centre(new)

    def taken_by_centre(self, entries: Sequence[Entry]) -> list[FeedItem]:
        return [self._item("entry", entry.read_header().entry_id, write_entry_body(entry)) for entry in entries]

    def staff(self, *rows: Row) -> list[FeedItem]:
        made = [a.staff_of(account, role, key, serial=self.position + 1) for account, role, key in rows]
        return [self._item("staff", row.account, write_row(a.sealed_row(row))) for row in made]

    def _item(self, kind: str, item_id: str, body: bytes) -> FeedItem:
        self.position += 1
        return FeedItem(position=self.position, kind=kind, id=item_id, version=self.position, body=body)

    def page(self, items: Sequence[FeedItem]) -> FeedPage:
        after = self.position - len(items)
        return FeedPage(scope=POINT, epoch="e", after=after, head=self.position, server_ms=0, items=tuple(items))

    def signed(self) -> ApplicationId:
        subject = a.begin(self.desk)
        a.sign(self.desk, subject)
        return subject


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    made = Elsewhere(tmp_path / "elsewhere")
    yield made
    made.desk.close()


@pytest.fixture(autouse=True)
def known_centre(desk: DeskStore) -> None:
    a.know_centre(desk)


def reasons(desk: DeskStore) -> list[str]:
    return [conflict.reason for conflict in desk.conflicts()]


def test_a_supervisors_approval_is_folded_with_staff_that_comes_in_the_same_page(
    desk: DeskStore, elsewhere: Elsewhere
) -> None:
    subject = elsewhere.signed()
    a.act(elsewhere.desk, subject, a.approved(subject), a.SUPERVISOR)
    entries = elsewhere.entries()
    desk.apply_page(elsewhere.page([*entries, *elsewhere.staff(CLERK, SUPERVISOR)]))
    assert desk.application(subject) == elsewhere.desk.application(subject)
    assert (desk.application(subject).step, reasons(desk), desk.verify().sound) == (Step.APPROVED, [], True)


@pytest.mark.parametrize(
    ("approver", "key", "reason"),
    [
        (SUPERVISOR, STRANGER, "seal-wrong"),
        (SUPERVISOR, a.CLERK_KEY, "seal-wrong"),
        ((a.SUPERVISOR, "clerk", a.SUPERVISOR_KEY), a.SUPERVISOR_KEY, "not-supervisor"),
        ((a.SUPERVISOR, "admin", a.SUPERVISOR_KEY), a.SUPERVISOR_KEY, "not-supervisor"),
        ((AccountId("99" * 16), "supervisor", a.SUPERVISOR_KEY), a.SUPERVISOR_KEY, "account-unknown"),
    ],
)
def test_an_approval_that_does_not_hold_is_listed_and_releases_no_card(
    desk: DeskStore, elsewhere: Elsewhere, approver: Row, key: Ed25519PrivateKey, reason: str
) -> None:
    desk.apply_page(elsewhere.page(elsewhere.staff(CLERK, approver)))
    subject = elsewhere.signed()
    a.act(elsewhere.desk, subject, a.approved(subject, key), a.SUPERVISOR)
    a.act(elsewhere.desk, subject, a.INTENDED)
    other = a.begin(elsewhere.desk, id_number="110101199003074549")
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert (desk.application(subject).step, desk.application(subject).approval) == (Step.SIGNED, None)
    assert reasons(desk) == [reason, "E120"]
    assert desk.application(other).step is Step.OPENED


def test_a_seal_over_another_application_is_no_approval(desk: DeskStore, elsewhere: Elsewhere) -> None:
    desk.apply_page(elsewhere.page(elsewhere.staff(CLERK, SUPERVISOR)))
    subject = elsewhere.signed()
    a.act(elsewhere.desk, subject, a.approved(a.new_subject()), a.SUPERVISOR)
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert (desk.application(subject).step, reasons(desk)) == (Step.SIGNED, ["seal-wrong"])


@pytest.mark.parametrize(("seal", "rows"), [(b"s", [CLERK]), (b"", [CLERK]), (b"s", [SUPERVISOR])])
def test_a_clerks_signature_that_does_not_hold_is_listed(
    desk: DeskStore, elsewhere: Elsewhere, seal: bytes, rows: list[Row]
) -> None:
    desk.apply_page(elsewhere.page(elsewhere.staff(*rows)))
    subject = a.begin(elsewhere.desk)
    for event in (*a.CLERKS_WAY[:-1], events.Signed("clerk", "strokes", "d2", None, seal=seal)):
        a.act(elsewhere.desk, subject, event)
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert len(desk.application(subject).signatures) == 1
    assert reasons(desk) == ["seal-wrong" if CLERK in rows else "account-unknown"]


@pytest.mark.parametrize(
    ("witness", "key", "rows", "reason"),
    [
        (a.SUPERVISOR, a.SUPERVISOR_KEY, [CLERK, SUPERVISOR], ""),
        (a.SUPERVISOR, STRANGER, [CLERK, SUPERVISOR], "seal-wrong"),
        (a.SUPERVISOR, a.SUPERVISOR_KEY, [CLERK], "account-unknown"),
        (a.CLERK, a.CLERK_KEY, [CLERK, SUPERVISOR], "witness-unknown"),
        (None, a.SUPERVISOR_KEY, [CLERK, SUPERVISOR], "witness-unknown"),
    ],
)
def test_a_thumb_print_is_folded_with_its_witness_s_seal_alone(
    desk: DeskStore,
    elsewhere: Elsewhere,
    *,
    witness: AccountId | None,
    key: Ed25519PrivateKey,
    rows: list[Row],
    reason: str,
) -> None:
    desk.apply_page(elsewhere.page(elsewhere.staff(*rows)))
    subject = a.begin(elsewhere.desk)
    seal = key.sign(sealed_bytes(WITNESSED, subject, "d2"))
    for event in (*a.CLERKS_WAY[:-2], events.Signed("applicant", "thumb", "d2", None, witness=witness, seal=seal)):
        a.act(elsewhere.desk, subject, event)
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert (len(desk.application(subject).signatures), reasons(desk)) == ((0, [reason]) if reason else (1, []))


def test_what_waited_for_a_staff_row_is_folded_when_it_comes(desk: DeskStore, elsewhere: Elsewhere) -> None:
    subject = elsewhere.signed()
    a.act(elsewhere.desk, subject, a.approved(subject), a.SUPERVISOR)
    a.act(elsewhere.desk, subject, a.INTENDED)
    a.act(elsewhere.desk, subject, a.WRITTEN)
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert reasons(desk) == ["account-unknown", "account-unknown", "E120", "E120"]
    desk.apply_page(elsewhere.page(elsewhere.staff(CLERK)))
    assert (desk.application(subject).step, reasons(desk)[0]) == (Step.SIGNED, "account-unknown")
    desk.apply_page(elsewhere.page(elsewhere.staff(SUPERVISOR)))
    assert (desk.application(subject), reasons(desk)) == (elsewhere.desk.application(subject), [])
    assert desk.application(subject).step is Step.CARD_WRITTEN


def test_what_did_not_fit_before_anything_was_missing_stays_a_conflict(desk: DeskStore, elsewhere: Elsewhere) -> None:
    desk.apply_page(elsewhere.page(elsewhere.staff(CLERK)))
    subject = elsewhere.signed()
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    a.act(desk, subject, events.SentBack(reason="stamp missing"), a.SUPERVISOR)
    desk.apply_page(elsewhere.page(elsewhere.taken_by_centre(desk.pending_entries(1_000, 10_000_000))))
    a.act(elsewhere.desk, subject, events.ApprovalDeferred(reason="alone"))
    a.act(elsewhere.desk, subject, a.approved(subject), a.SUPERVISOR)
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert reasons(desk) == ["E120", "account-unknown"]
    a.act(desk, subject, a.APPLICANT_SIGNED)
    a.act(desk, subject, a.signed(subject))
    desk.apply_page(elsewhere.page(elsewhere.staff(SUPERVISOR)))
    assert reasons(desk) == ["E120"]
    assert (desk.application(subject).step, desk.recent(1)[0].id) == (Step.APPROVED, subject)
    assert [line.kind for line in desk.history(subject)].count("approval.deferred") == 1


def test_a_forged_approval_in_a_snapshot_is_listed(desk: DeskStore, elsewhere: Elsewhere) -> None:
    good, forged = elsewhere.signed(), a.begin(elsewhere.desk, id_number="110101199003074549")
    a.sign(elsewhere.desk, forged)
    a.act(elsewhere.desk, good, a.approved(good), a.SUPERVISOR)
    a.act(elsewhere.desk, forged, a.approved(forged, STRANGER), a.SUPERVISOR)
    items = [*elsewhere.entries(), *elsewhere.staff(CLERK, SUPERVISOR)]
    info = SnapshotInfo(scope=POINT, epoch="f", position=len(items), count=len(items), sha256="")
    desk.load_snapshot(info, b"".join(write_snapshot(items)))
    assert (desk.application(good).step, desk.application(forged).step) == (Step.APPROVED, Step.SIGNED)
    assert reasons(desk) == ["seal-wrong"]


def test_an_approval_that_names_its_content_is_folded_for_that_content_alone(
    desk: DeskStore, elsewhere: Elsewhere
) -> None:
    desk.apply_page(elsewhere.page(elsewhere.staff(CLERK, SUPERVISOR)))
    subject, other = elsewhere.signed(), a.begin(elsewhere.desk, id_number="110101199003074549")
    a.sign(elsewhere.desk, other)
    good = a.named(elsewhere.desk.application(subject))
    forged = replace(a.named(elsewhere.desk.application(other), STRANGER), seal=a.approved(other).seal)
    a.act(elsewhere.desk, subject, good, a.SUPERVISOR)
    a.act(elsewhere.desk, other, forged, a.SUPERVISOR)
    desk.apply_page(elsewhere.page(elsewhere.entries()))
    assert (desk.application(subject).step, desk.application(subject).approval) == (
        Step.APPROVED,
        elsewhere.desk.application(subject).approval,
    )
    assert (desk.application(other).step, reasons(desk)) == (Step.SIGNED, ["seal-wrong"])
    found = desk.verify()
    assert (found.sign_offs, found.sign_offs_wrong) == (3, [("D-0002", 18)])  # the forged one
