"""Restores of a lost desk, killed at random moments and called again: what the backup held is there once."""

import shutil
from collections import Counter as Counts
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import select

from sscard_desk.bootstrap import restoring
from sscard_desk.bootstrap.backups import back_up
from sscard_desk.bootstrap.desk import OpenDesk, enter
from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk, join_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.store.tables import entry
from sscard_desk.domain import events
from sscard_desk.domain.errors.backup import RestoreUnfinished
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import run_pass
from tests.faults.kill_ways import Found, finished, killed
from tests.faults.way_process import LOGIN, PASSWORD
from tests.machines.counter import REGION, Counter, opened, subject

POINT: Final = "0231"
APPLICATIONS: Final = 6
KILLS: Final = 2
PORTRAIT: Final = b"\xff\xd8portrait" * 900


def run(place: Path, rounds: int, chance: Random) -> Found:
    """Lose a desk so many times; kill its restore twice, and let it come to its end."""
    found = Found("restore")
    with Counter(place / "centre") as centre:
        import_point(centre.open, POINT, "示例街道服务站", REGION)
        for turn in range(rounds + 1):
            desk = _Lost(centre, place / f"{turn}", turn, chance)
            if turn == 0:
                found.took_s = finished(found, desk.words())
            else:
                for _ in range(KILLS):
                    if not killed(found, desk.words(), chance.uniform(0, found.took_s)):
                        break
                    desk.look_between(found)
                if restoring.under_way(desk.home) or not desk.home.exists() or not desk.is_there():
                    finished(found, desk.words())
            desk.look(found)
            shutil.rmtree(place / f"{turn}")
    return found


class _Lost:
    """A desk that worked, was backed up, and whose computer is gone."""

    def __init__(self, centre: Counter, place: Path, turn: int, chance: Random) -> None:
        self.centre, self.place, self.turn = centre, place, turn
        self.name, self.new_name = f"D-1{turn:03}", f"D-2{turn:03}"
        self.home = place / "new"
        before = place / "lost"
        begun = begin_desk(before, [NewAccount(LOGIN, PASSWORD, "陈示例", Role.ADMINISTRATOR)], training=True)
        join_centre(begun, centre.url, self._code(self.name), desk_no=1, window="1")
        desk = enter(before, LOGIN, PASSWORD)
        try:
            self.keys = [self._act(desk, at) for at in range(APPLICATIONS)]
            with HttpCentre(desk.identity()) as line:
                run_pass(desk.store, line)
            self.keys += [self._act(desk, APPLICATIONS + at) for at in range(chance.randint(0, APPLICATIONS))]
            desk.store.keep_draft(ApplicationId(self.keys[-1]), {"phone": "139"}, "phone")
            (place / "disk").mkdir()
            back_up(desk, place / "disk")
        finally:
            desk.store.close()

    def words(self) -> list[str]:
        """What the program is called with: each time with a code of its own, as the centre gives them out."""
        return ["restore", str(self.place / "disk" / self.name), str(self.home), self._code(self.new_name)]

    def is_there(self) -> bool:
        """Return whether the new desk opens."""
        try:
            enter(self.home, LOGIN, PASSWORD).store.close()
        except RestoreUnfinished:
            return False
        return True

    def look_between(self, found: Found) -> None:
        """Nobody works in a desk that is half restored."""
        if restoring.under_way(self.home) and self.is_there():
            found.wrong.append("somebody can sign in to a desk that is half restored")

    def look(self, found: Found) -> None:
        """Look whether everything that the backup held is here and at the centre, once."""
        desk = enter(self.home, LOGIN, PASSWORD)
        try:
            for key in self.keys:
                photo = desk.store.application(ApplicationId(key)).photo
                if photo is None or desk.store.blob(photo) != PORTRAIT + key.encode():
                    found.wrong.append("a picture is not what was taken")
            draft = desk.store.draft(ApplicationId(self.keys[-1]))
            if draft is None or draft.values != {"phone": "139"}:
                found.wrong.append("what was typed is gone")
            if not desk.store.verify().sound or desk.store.unsent():
                found.wrong.append("the new journal is not sound, or not empty")
        finally:
            desk.store.close()
        with self.centre.open.database.reading() as connection:
            query = select(entry.c.subject, entry.c.kind).where(entry.c.desk == self.name)
            counts = Counts((row.subject, row.kind) for row in connection.execute(query))
        wanted = {(key, kind): 1 for key in self.keys for kind in (events.Opened.kind, events.PhotoAttached.kind)}
        if {one: count for one, count in counts.items() if one[0] in self.keys} != wanted:
            found.wrong.append("the centre has an entry of the lost desk not once")

    def _act(self, desk: OpenDesk, at: int) -> str:
        key = subject()
        with desk.store.work(desk.session.account) as work:
            work.record(opened(10 * APPLICATIONS * self.turn + at), subject=key)
            photo = work.put_blob(PORTRAIT + key.encode())
            work.record(events.PhotoAttached(photo=photo, source="camera", size=9_000), subject=key)
        return key

    def _code(self, name: str) -> str:
        return enrolment_code(self.centre.open, name, POINT).text()
