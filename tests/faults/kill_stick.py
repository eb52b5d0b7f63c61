"""A desk that takes the centre's files from a stick, killed at random moments: all of it is there once in the end."""

from pathlib import Path
from random import Random
from typing import Final

from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.stick.bring_in import bring_in
from tests.faults.kill_ways import Found, finished, killed
from tests.machines.counter import Counter
from tests.machines.stick_desk import KEY, StickDesk, enrolled_desk, noise

PART_BYTES: Final = 60_000
APPLICATIONS: Final = 12
KILLS: Final = 2
PICTURE: Final = 20_000


def run(place: Path, rounds: int, chance: Random) -> Found:
    """Carry a stick so many times; kill the desk twice while it reads, and let it come to its end."""
    found = Found("stick")
    with Counter(place / "centre") as centre, enrolled_desk(centre, place / "other", "D-0002", 2) as other:
        for turn in range(rounds + 1):
            _walk(found, centre, other, turn, chance)
    return found


def _walk(found: Found, centre: Counter, other: StickDesk, turn: int, chance: Random) -> None:
    place = other.folder.parent
    name, folder, stick = f"D-1{turn:03}", place / f"desk-{turn}", place / f"stick-{turn}"
    stick.mkdir()
    with enrolled_desk(centre, folder, name, 10 + turn % 80) as desk:
        keys = [desk.open_one(1000 * (turn + 1) + at) for at in range(APPLICATIONS)]
        pictures = [desk.attach_photo(key, noise(100 * turn + at, PICTURE)) for at, key in enumerate(keys)]
        theirs = [other.open_one(1000 * (turn + 1) + 500 + at) for at in range(APPLICATIONS)]
        other.sync()
        for file in desk.export(stick).files:
            import_stick(centre.open, file.path)
    parts = export_stick(centre.open, name, stick, part_bytes=PART_BYTES).files
    words = ["stick", str(folder), str(stick)]
    if turn == 0:
        found.took_s = finished(found, words)
    else:
        for _ in range(KILLS):
            if not killed(found, words, chance.uniform(0, found.took_s)):
                break
        finished(found, words)
    store = open_desk(folder, KEY)
    try:
        identity = DeskIdentity.load(store, name, training=True)
        last = bring_in(store, identity, parts[-1].path)
        if not last.again or store.unsent():
            found.wrong.append("a file was not taken, or an entry has no receipt")
        if [store.blob(photo) for photo in pictures] != [noise(100 * turn + at, PICTURE) for at in range(APPLICATIONS)]:
            found.wrong.append("a picture is not what was taken")
        if not store.verify().sound or store.head()[0] != 2 * APPLICATIONS:
            found.wrong.append("the journal is not sound, or longer than what was done")
        known = {application.id for application in store.in_work()}
        if not {*keys, *theirs} <= known:
            found.wrong.append("an application of the point is not here")
    finally:
        store.close()
