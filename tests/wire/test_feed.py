"""Bodies of feed items and snapshot files come back as they were written, and broken ones are noticed."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.person import Person
from sscard_desk.wire import feed
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import FeedItem
from tests.machines.held_items import HeldItems
from tests.machines.stick_desk import noise

persons = st.builds(
    Person,
    key=st.text("0123456789abcdef", min_size=32, max_size=32).map(PersonKey),
    id_number=st.text("0123456789X", min_size=15, max_size=18),
    document_kind=st.just("citizen"),
    name=st.text(min_size=1, max_size=30),
    sex=st.sampled_from("12"),
    ethnic=st.sampled_from(["01", "", "56"]),
    birth=st.dates(),
    address=st.text(max_size=60),
    region=st.just("330106"),
    authority=st.text(max_size=20),
    valid_from=st.dates(),
    valid_to=st.none() | st.dates(),
    phone=st.text("0123456789", max_size=11),
    version=st.integers(1, 1 << 40),
)
items = st.builds(
    FeedItem,
    position=st.integers(1, 1 << 40),
    kind=st.sampled_from(["person", "bank", "entry"]),
    id=st.text(min_size=1, max_size=40),
    version=st.integers(1, 1 << 40),
    deleted=st.booleans(),
    body=st.binary(max_size=200),
)


@given(persons)
def test_a_person_comes_back_whole(person: Person) -> None:
    assert feed.read_person(feed.write_person(person)) == person


def test_a_person_row_of_a_later_program_is_still_read() -> None:
    person = Person(
        PersonKey("a" * 32), "1" * 18, "citizen", "名", "1", "01", date(1990, 1, 1), "", "330106", "", date(2020, 1, 1),
        None, "", 3,
    )  # fmt: skip
    longer = [*msgspec.msgpack.decode(feed.write_person(person)), "a field of tomorrow"]
    assert feed.read_person(msgspec.msgpack.encode(longer)) == person


@given(st.dictionaries(st.text(), st.text()))
def test_a_reference_row_comes_back_and_its_bytes_do_not_depend_on_the_order(row: dict[str, str]) -> None:
    assert feed.read_row(feed.write_row(row)) == row
    assert feed.write_row(dict(reversed(row.items()))) == feed.write_row(row)


@given(st.binary(), st.none() | st.binary(), st.none() | st.binary())
def test_an_entry_keeps_its_bytes(header: bytes, payload: bytes | None, salt: bytes | None) -> None:
    entry = Entry(header=header, payload=payload, salt=salt)
    assert feed.read_entry_body(feed.write_entry_body(entry)) == entry


@given(st.lists(items, max_size=30))
def test_a_snapshot_comes_back_in_its_order(rows: list[FeedItem]) -> None:
    read = [item for block in feed.read_snapshot(b"".join(feed.write_snapshot(rows))) for item in block]
    assert read == rows


def test_a_large_snapshot_is_read_in_blocks() -> None:
    rows = [FeedItem(position=n, kind="person", id=str(n), version=1) for n in range(1, feed.BLOCK_ITEMS * 2 + 2)]
    assert [len(block) for block in feed.read_snapshot(b"".join(feed.write_snapshot(rows)))] == [2_000, 2_000, 1]


def test_a_snapshot_is_written_block_by_block() -> None:
    held = HeldItems()
    count = feed.BLOCK_ITEMS * 30

    def make(number: int) -> FeedItem:
        return FeedItem(position=number, kind="person", id=f"{number:032x}", version=1, body=noise(number, 100))

    sizes = [len(piece) for piece in feed.write_snapshot(held.items(count, make))]
    assert held.most <= 2 * feed.BLOCK_ITEMS
    assert max(sizes) < sum(sizes) / 5


@given(st.data())
def test_a_snapshot_that_is_cut_short_is_noticed_or_reads_as_fewer_rows(data: st.DataObject) -> None:
    rows = [FeedItem(position=n, kind="person", id=f"{n:064x}", version=n) for n in range(1, 60)]
    body = b"".join(feed.write_snapshot(rows))
    cut = data.draw(st.integers(0, len(body) - 1))
    try:
        read = [item for block in feed.read_snapshot(body[:cut]) for item in block]
    except ValueError:
        return
    assert len(read) < len(rows)  # the count in its info tells this from the whole


@given(st.binary(min_size=1, max_size=200))
def test_what_is_no_snapshot_is_a_value_error(body: bytes) -> None:
    try:
        read = list(feed.read_snapshot(body))
    except ValueError:
        return
    assert read == []


@pytest.mark.parametrize("read", [feed.read_person, feed.read_row, feed.read_entry_body])
def test_broken_bodies_are_value_errors(read: object) -> None:
    assert callable(read)
    for body in (b"", b"\xc1", b"\x91\x01", b"\x81\x01\x02"):
        with pytest.raises(ValueError):
            read(body)
