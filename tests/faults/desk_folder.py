"""What lies in a training data folder after a demo ended, however it ended."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from sscard_desk.bootstrap.desk import signed_in_desk
from sscard_desk.central.centre import open_centre
from sscard_desk.central.store.applications import find_all
from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import Role
from sscard_desk.domain.steps import Step
from sscard_desk.store import tables
from sscard_desk.store.engine import reading
from sscard_desk.training.card_tray import stock, written
from sscard_desk.training.demo_steps import ANSWERS
from sscard_desk.training.point import training_point
from sscard_desk.training.set_up import TrainingFolder


@dataclass(frozen=True)
class Seen:
    """An application, as far as it has to survive."""

    number: str
    step: str
    version: int


@dataclass(frozen=True)
class Standing:
    """How a data folder stands.

    Attributes:
        applications: all of this desk, newest first.
        centre: the same, as the centre has them.
        values: the form's texts, in the draft or in the journal.
        stock: how many blanks are in which state.
        reserved_to_nobody: whether no blank is reserved or issued without an application, or free with one.
        cards_written: identification codes of training cards that have a holder.
        cards_of_applications: identification codes of the cards that applications name.
        papers: how many papers the training printer printed.
        card: how far the newest application's card is; empty without one.
    """

    applications: list[Seen]
    centre: list[Seen]
    values: dict[str, str] = field(repr=False)
    stock: dict[str, int]
    reserved_to_nobody: bool
    cards_written: list[str]
    cards_of_applications: list[str]
    papers: int
    card: str = ""

    @property
    def stock_exact(self) -> bool:
        """Whether one card is issued and every other blank is free."""
        rest = len(training_point().blanks) - 1
        return self.reserved_to_nobody and self.stock == {"issued": 1, "free": rest}

    @property
    def answers_as_typed(self) -> bool:
        """Whether what the demo's applicant says stands in the journal."""
        return all(self.values.get(name) == value for name, value in ANSWERS.items())

    def lost_since(self, before: "Standing | None") -> list[str]:
        """Return which applications are gone or went back."""
        if before is None:
            return []
        now = {application.number: application for application in self.applications}
        wrong = [f"an application is gone after {old.step}" for old in before.applications if old.number not in now]
        return wrong + [
            f"an application went back from version {old.version}"
            for old in before.applications
            if old.number in now and now[old.number].version < old.version
        ]


def verified(folder: Path) -> dict[str, object]:
    """Return what `sscard-desk verify` prints for this folder."""
    clerk = training_point().account(Role.CLERK)
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", "verify", "--account", clerk.name, "--password-fd", "0", "--json"],
        input=clerk.password + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"SSCARD_DESK_HOME": str(folder), "PYTHONUTF8": "1"},
        timeout=90,
        check=False,
    )
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def standing(folder: Path) -> Standing:
    """Look at everything that a training desk and its centre keep."""
    clerk, training = training_point().account(Role.CLERK), TrainingFolder(folder)
    with signed_in_desk(folder, clerk.name, clerk.password) as desk:
        applications = list(desk.store.recent())
        values = dict(applications[0].answers) if applications else {}
        draft = desk.store.draft(applications[0].id) if applications else None
        with reading(desk.store._engine) as connection:
            blanks = connection.execute(select(tables.stock.c.state, tables.stock.c.application)).all()
    centre = open_centre(training.centre)
    try:
        with centre.database.reading() as connection:
            there = find_all(connection, [application.id for application in applications])
    finally:
        centre.close()
    cards = list(stock(training.cards)) if training.cards.exists() else []
    return Standing(
        applications=[_seen(application) for application in applications],
        centre=[_seen(there[a.id].state) for a in applications if a.id in there],
        values=values | (dict(draft.values) if draft else {}),
        stock=dict(Counter(row.state for row in blanks)),
        reserved_to_nobody=all((row.state == "free") == (row.application is None) for row in blanks),
        cards_written=[card.identification_code for card in cards if written(card)],
        cards_of_applications=[a.card.identification_code for a in applications if a.card is not None],
        papers=len(list(training.printed.glob("*.pdf"))),
        card=applications[0].card.state if applications and applications[0].card else "",
    )


def _seen(application: Application) -> Seen:
    return Seen(application.number, Step(application.step).value, application.version)
