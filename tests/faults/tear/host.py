"""The process that writes a card and is killed, or sees its reader break, and is told to go on."""

import os
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.pcscd import SOCKET_VARIABLE
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import KeyHolder
from sscard_desk.resources import resource
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.card_keys import CentreKeys
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.resume_card import finish_card
from tests.machines.training_desk import KEY, clerk

TODAY: Final = date(2026, 11, 23)
WAIT_S: Final = 10.0


@dataclass(frozen=True)
class Place:
    """Where a host works.

    Attributes:
        folder: the data folder.
        application: whose card is written.
        reader: name of the reader.
        socket: of the PC/SC service.
        central: whether the centre that the folder is enrolled at holds the keys.
    """

    folder: Path
    application: ApplicationId
    reader: str
    socket: str
    central: bool = False


def serve(line: Connection, place: Place) -> None:
    """Write on each `go`; answer (`worker`, pid) first and then (`end`, spoiled) or (`lost`, code)."""
    os.environ[SOCKET_VARIABLE] = place.socket
    store = open_desk(place.folder, KEY)
    reader = PcscCardReader(place.reader)
    profile = load_profile(resource("card_profiles", "training.toml"))
    keys: KeyHolder = TrainingKeys(profile, training=True)
    if place.central:
        keys = CentreKeys(profile, lambda: DeskIdentity.load(store, store.desk, training=True))
    desk = CardDesk(store, clerk(), reader, keys, profile, TODAY)
    reader.probe()
    line.send(("worker", str(reader.worker_process_id or 0)))
    while line.recv() == "go":
        application = store.application(place.application)
        if application.step is Step.CARD_WRITTEN:  # the one before was killed after its last commit
            line.send(("end", ""))
            continue
        try:
            end = finish_card(desk, application, Cancel(), lambda _: None, wait_s=WAIT_S)
        except DeskError as lost:
            line.send(("lost", lost.code))
        else:
            line.send(("end", end.spoiled))
    reader.close()
    store.close()
