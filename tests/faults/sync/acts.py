"""What a clerk does in these trials: applications opened, gone on with, photographed, withdrawn; each at one desk."""

from random import Random
from typing import Final

from sscard_desk.domain import events
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.ids import AccountId
from sscard_desk.store.desk_store import DeskStore
from tests.machines.counter import bank_confirmed, citizen_number, subject

CLERK: Final = AccountId("c1" * 16)
PEOPLE_OF_A_DESK: Final = 4_000
"""No two desks open an application for the same person: nothing here is a conflict."""
_RECENT: Final = 12
_PHOTO_BYTES: Final = (200, 24_000)


def act(
    store: DeskStore, desk_no: int, chance: Random, *, people: int | None = None, large: int = 0
) -> tuple[int, str]:
    """Record one entry and return its (seq, hash as hex) once it is committed.

    Args:
        store: the desk's.
        desk_no: 0 to 9, the desk's number at its point.
        chance: what is done.
        people: running number of the first of the desk's own people; by its number otherwise.
        large: bytes of a picture to attach, 0 for an act at random.
    """
    mine = [each for each in store.recent(_RECENT) if each.number[5:7] == f"{desk_no:02d}"]
    if mine and (large or chance.random() < 0.6):
        application = chance.choice(mine)
        try:
            with store.work(CLERK) as work:
                if large or chance.random() < 0.5:
                    size = large or chance.randint(*_PHOTO_BYTES)
                    photo = work.put_blob(chance.randbytes(size))
                    work.record(events.PhotoAttached(photo=photo, source="camera", size=size), subject=application.id)
                elif chance.random() < 0.5:
                    work.record(bank_confirmed(f"{chance.randint(0, 99_999)}"), subject=application.id)
                else:
                    work.record(events.Withdrawn(reason="changed mind"), subject=application.id)
            return _head(store)
        except StepNotAllowed:
            pass  # it has ended: somebody else comes
    first = desk_no * PEOPLE_OF_A_DESK if people is None else people
    running = first + store.head()[0] % PEOPLE_OF_A_DESK
    with store.work(CLERK) as work:
        who = events.Opened(
            number=work.next_application_number(),
            id_number=citizen_number(running),
            name=f"训练{running}",
            document_kind="citizen",
            evidence="typed",
            answers={"phone": "13900000000"},
        )
        work.record(who, subject=subject())
    return _head(store)


def _head(store: DeskStore) -> tuple[int, str]:
    seq, entry_hash = store.head()
    return seq, entry_hash.hex()
