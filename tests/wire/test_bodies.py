import hashlib
from datetime import date

import pytest

from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.person import Person
from sscard_desk.wire import bodies
from sscard_desk.wire.messages import FeedItem


def _person(number: int) -> Person:
    return Person(
        key=PersonKey(f"{number:032x}"),
        id_number="110101199003074530",
        document_kind="citizen",
        name="单于·𠅤",
        sex="1",
        ethnic="01",
        birth=date(1990, 3, 7),
        address="示例路 1 号",
        region="110101",
        authority="示例公安局",
        valid_from=date(2020, 1, 1),
        valid_to=None,
        phone="",
        version=3,
    )


def test_a_person_comes_back_from_its_body_as_it_was() -> None:
    assert bodies.read_person(bodies.person_body(_person(7))) == _person(7)


def test_a_snapshot_gives_back_its_items_and_names_its_hash() -> None:
    items = [
        FeedItem(position=n, kind="person", id=_person(n).key, version=3, body=bodies.person_body(_person(n)))
        for n in range(1, 400)
    ]
    items.append(FeedItem(position=400, kind="person", id="gone", version=4, deleted=True))
    info, body = bodies.pack_snapshot("persons:1101", "e1", 400, items)
    assert list(bodies.read_snapshot(body)) == items
    assert (info.count, info.position, info.sha256) == (400, 400, hashlib.sha256(body).hexdigest())


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_cut_snapshot_is_refused_and_never_read_as_a_shorter_one(cut: int) -> None:
    items = [FeedItem(position=n, kind="bank", id=str(n), version=1, body=bytes(range(n))) for n in range(1, 100)]
    _, body = bodies.pack_snapshot("point:4201", "e1", 99, items)
    with pytest.raises(ValueError, match="snapshot"):
        list(bodies.read_snapshot(body[:-cut]))
