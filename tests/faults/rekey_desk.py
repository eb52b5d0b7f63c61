"""A desk with three ways in, one of which is to be closed, and a program that changes its key and is killed on the way.

Run as a program: `python -m tests.faults.rekey_desk FOLDER STEP` ends itself by SIGKILL right before the STEP-th write
to the disk that the change of key makes; with STEP 0 it goes through.
"""

import os
import secrets
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sscard_desk.bootstrap import key_slots
from sscard_desk.domain.ids import Role
from sscard_desk.security import slot_file
from sscard_desk.security.passwords import Cost
from sscard_desk.security.slots import Slots
from sscard_desk.security.staff import KIND, staff_row
from sscard_desk.store import key_side, persons
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.key_slots import KeptSlot
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.wire.feed import persons_scope, write_person
from sscard_desk.wire.messages import FeedItem, FeedPage
from tests.machines.counter import REGION, opened, person, subject

LOGINS: Final = ("chen", "li", "wang")
LEFT: Final = LOGINS[:2]
CHEAP: Final = Cost(memory_kib=64, passes=1, lanes=1)
ENTRIES: Final = 12
SCOPE: Final = persons_scope(REGION)


def make(folder: Path, filler: int = 0) -> None:
    """Make the desk; nobody signed in yet. `filler`: so many MB, so that a change of key takes its time."""
    key = secrets.token_bytes(32)
    slots = Slots(folder, training=True, cost=CHEAP)
    accounts = [
        slots.add(login, login, display_name=login, role=Role.ADMINISTRATOR, database_key=key) for login in LOGINS
    ]
    create_folder(
        folder, desk_id="D-0001", service_point="4201", desk_no=1, training=True, database_key=key, scopes=(SCOPE,)
    )
    store = open_desk(folder, key)
    try:
        for each in accounts:
            row = staff_row(each.account, each.display_name, each.role, each.public_key)
            store.keep_local_reference(KIND, each.account, row)
            store.keep_slot(KeptSlot(each.slot, each.account, each.slot_public, each.public_key.hex()))
        for running in range(ENTRIES):
            with store.work(accounts[0].account) as work:
                work.record(opened(running), subject=subject())
        for number in range(filler):
            store.set_setting(f"filler {number}", os.urandom(1_000_000))
        items = tuple(
            FeedItem(position=n + 1, kind="person", id=f"{n:032x}", version=1, body=write_person(person(n)))
            for n in range(5)
        )
        store.apply_page(FeedPage(scope=SCOPE, epoch="e", after=0, head=5, server_ms=0, items=items))
        with store.work(accounts[0].account) as work:
            work.slots.shut_out(accounts[2].account, key_slots.CLOSED)
    finally:
        store.close()


def change(folder: Path, told: Callable[[], None]) -> None:
    """Change the key; `told` is called right before each write."""
    slots = Slots(folder, training=True, cost=CHEAP)
    opened_slot = slots.unlock(LEFT[0], LEFT[0])
    store = open_desk(folder, opened_slot.keys[0], opened_slot.keys[1:])
    _before(slot_file, "write", told)
    _before(key_side, "rekey", told)
    _before(key_side, "write_facts", told)
    _before(persons, "copy_database", told)
    _before(DeskStore, "rekey_done", told)
    _before(DeskStore, "file_changed", told)
    _before(persons.PersonCache, "_swap", told)
    try:
        assert key_slots.follow(store, slots)
    finally:
        store.close()
    told()


def _before(place: Any, name: str, told: Callable[[], None]) -> None:
    real = getattr(place, name)

    def first(*words: Any, **named: Any) -> Any:
        told()
        return real(*words, **named)

    setattr(place, name, first)


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(folder: Path, step: int) -> None:
    """Change the key of a desk, and be killed before a step."""
    count = 0

    def told() -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    _say("begun")
    change(folder, told)
    _say(str(count))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
