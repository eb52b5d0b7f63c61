"""The staff list at the centre: every version sealed, gone where an account left, sealed late where it was not."""

import pytest
from sqlalchemy import delete

from sscard_desk.central.centre import OpenCentre, open_centre
from sscard_desk.central.imports import StaffMember, import_point, import_staff
from sscard_desk.central.staff import accounts_of, end_account
from sscard_desk.central.store import feeds
from sscard_desk.central.store.tables import meta
from sscard_desk.domain.errors.staff import AccountNotListed
from sscard_desk.wire.feed import point_scope, read_row, write_row
from sscard_desk.wire.forms import seal_of
from sscard_desk.wire.messages import FeedItem
from sscard_desk.wire.staff import KIND, StaffRow
from tests.central.conftest import POINT

ACCOUNT = "a" * 32


def items(centre: OpenCentre, point: str = POINT) -> list[FeedItem]:
    with centre.database.reading() as connection:
        return [item for item in feeds.page(connection, point_scope(point), 0, 99, "") if item.kind == KIND]


def rows(centre: OpenCentre, point: str = POINT) -> list[StaffRow]:
    return [StaffRow.of(read_row(item.body)) for item in items(centre, point) if item.body]


def test_each_version_is_sealed_and_has_a_serial_of_its_own(centre: OpenCentre) -> None:
    for role in ("clerk", "supervisor"):
        import_staff(centre, POINT, [StaffMember(ACCOUNT, "王丽", role, bytes(32), "wangli")])
    end_account(centre, ACCOUNT)
    public = centre.keys.receipt.public_key()
    for item in items(centre):
        row = StaffRow.of(read_row(item.body))
        public.verify(seal_of(read_row(item.body)), row.sealed_bytes())
        assert (row.serial, row.point) == (item.version, POINT)
    seen = [(row.role, row.ended, len(row.public_keys)) for row in rows(centre)]
    assert seen == [("clerk", False, 1), ("supervisor", False, 1), ("supervisor", True, 0)]


def test_what_does_not_change_is_not_published_again(centre: OpenCentre) -> None:
    member = StaffMember(ACCOUNT, "王丽", "clerk")
    assert [import_staff(centre, POINT, [member]) for _ in range(2)] == [1, 0]


def test_an_account_that_moves_leaves_the_list_of_its_former_point(centre: OpenCentre) -> None:
    import_point(centre, "P-03", "另一个站", "330100")
    import_staff(centre, POINT, [StaffMember(ACCOUNT, "王丽", "clerk")])
    import_staff(centre, "P-03", [StaffMember(ACCOUNT, "王丽", "clerk")])
    assert [item.deleted for item in items(centre)] == [False, True]
    assert [row.point for row in rows(centre, "P-03")] == ["P-03"]
    assert (list(accounts_of(centre, POINT)), len(accounts_of(centre, "P-03"))) == ([], 1)


def test_who_is_on_no_list_cannot_be_ended(centre: OpenCentre) -> None:
    with pytest.raises(AccountNotListed):
        end_account(centre, ACCOUNT)


def test_rows_of_an_older_centre_are_sealed_when_it_is_opened(centre: OpenCentre) -> None:
    with centre.database.writing() as connection:
        row = {"account": ACCOUNT, "name": "王丽", "role": "clerk", "public_key": ""}
        feeds.publish(connection, point_scope(POINT), [feeds.Change(KIND, ACCOUNT, 1, write_row(row))])
        connection.execute(delete(meta).where(meta.c.name == "staff_sealed"))
    again = open_centre(centre.folder)
    try:
        newest = items(again)[-1]
    finally:
        again.close()
    now = StaffRow.of(read_row(newest.body))
    centre.keys.receipt.public_key().verify(seal_of(read_row(newest.body)), now.sealed_bytes())
    assert (now.name, now.role, now.serial) == ("王丽", "clerk", 2)
