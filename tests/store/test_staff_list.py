"""The staff list: only what the centre sealed for this point counts, never an older version, and `verify` says so."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.store.desk_store import DeskStore
from sscard_desk.wire.feed import write_row, write_snapshot
from sscard_desk.wire.messages import FeedItem, FeedPage, SnapshotInfo
from sscard_desk.wire.staff import StaffRow
from tests.store import _desk as a

POINT = "point:4201"
STRANGER = Ed25519PrivateKey.from_private_bytes(b"x" * 32)
ROW = a.staff_of(a.CLERK, "clerk", a.CLERK_KEY, serial=3)


class Feed:
    """Pages of the point's scope, one item each."""

    def __init__(self, desk: DeskStore) -> None:
        self.desk, self.position = desk, 0

    def bring(self, row: dict[str, str] | None, account: str = a.CLERK, version: int = 1) -> None:
        item = FeedItem(
            position=self.position + 1,
            kind="staff",
            id=account,
            version=version,
            deleted=row is None,
            body=b"" if row is None else write_row(row),
        )
        page = FeedPage(scope=POINT, epoch="e", after=self.position, head=99, server_ms=0, items=(item,))
        self.desk.apply_page(page)
        self.position += 1

    def role(self) -> str:
        return {row["id"]: row for row in self.desk.reference("staff")}.get(a.CLERK, {}).get("role", "")

    def refused(self) -> list[str]:
        return [each.why for each in self.desk.refused_staff()]


@pytest.fixture
def feed(desk: DeskStore) -> Feed:
    a.know_centre(desk)
    return Feed(desk)


def sealed(row: StaffRow = ROW) -> dict[str, str]:
    return a.sealed_row(row)


def test_a_row_that_the_centre_sealed_counts(feed: Feed) -> None:
    feed.bring(sealed())
    assert (feed.role(), feed.refused()) == ("clerk", [])
    assert feed.desk.verify().staff_wrong == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (ROW.row(b""), "seal"),
        (a.sealed_row(replace(ROW, role="supervisor"), STRANGER), "seal"),
        (sealed() | {"role": "administrator"}, "seal"),
        (sealed() | {"public_keys": "ab" * 32}, "seal"),
        (sealed() | {"serial": "4"}, "seal"),
        (sealed(replace(ROW, account=a.SUPERVISOR)), "seal"),
        (sealed(replace(ROW, point="4202")), "other-point"),
    ],
)
def test_what_the_centre_did_not_seal_for_this_account_and_point_counts_for_nothing(
    feed: Feed, row: dict[str, str], why: str
) -> None:
    feed.bring(row)
    assert (feed.role(), feed.refused()) == ("", [why])


def test_a_desk_that_does_not_know_the_centres_key_takes_no_row(desk: DeskStore) -> None:
    feed = Feed(desk)
    feed.bring(sealed())
    assert (feed.role(), feed.refused()) == ("", ["seal"])


def test_an_older_row_changes_nothing_even_after_the_account_left_the_list(feed: Feed) -> None:
    older = sealed(replace(ROW, role="supervisor", serial=2))
    feed.bring(sealed())
    feed.bring(older)
    assert (feed.role(), feed.refused()) == ("clerk", ["older"])
    feed.bring(None, version=2)
    assert feed.desk.reference("staff")[0]["ended"] == "1"
    feed.bring(older, version=3)
    feed.bring(sealed(), version=4)
    assert feed.desk.reference("staff")[0]["ended"] == "1"
    assert feed.refused() == ["changed"]


def test_the_same_version_with_other_content_changes_nothing(feed: Feed) -> None:
    feed.bring(sealed())
    feed.bring(sealed(replace(ROW, role="supervisor")))
    assert (feed.role(), feed.refused()) == ("clerk", ["changed"])


def test_a_newer_row_takes_the_place_and_the_note_of_a_refusal_goes(feed: Feed) -> None:
    feed.bring(sealed() | {"role": "administrator"})
    feed.bring(sealed(replace(ROW, role="supervisor", serial=4)))
    assert (feed.role(), feed.refused()) == ("supervisor", [])


def test_an_account_that_a_snapshot_does_not_name_any_more_has_ended(feed: Feed) -> None:
    feed.bring(sealed())
    info = SnapshotInfo(scope=POINT, epoch="f", position=0, count=0, sha256="")
    feed.desk.load_snapshot(info, b"".join(write_snapshot([])))
    (row,) = feed.desk.reference("staff")
    assert (row["ended"], row["public_keys"], row["name"]) == ("1", "", "训练")


def test_verify_names_an_account_whose_row_was_altered_in_the_database(feed: Feed) -> None:
    feed.bring(sealed())
    (row,) = feed.desk.reference("staff")
    feed.desk.keep_local_reference("staff", a.CLERK, {**row, "role": "administrator"})
    found = feed.desk.verify()
    assert (list(found.staff_wrong), found.sound) == ([a.CLERK], False)
