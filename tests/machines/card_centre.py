"""A centre with card keys, and an enrolled training desk with one application that both hold as approved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sscard_desk.cards.profile import CardProfile
from sscard_desk.central import imports
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store.card_keys import Use
from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.keys import KeyHolder
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.sync.card_keys import CentreKeys
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.training.point import training_point
from sscard_desk.usecases.approve import approve
from sscard_desk.usecases.card_desk import CardDesk
from tests.machines.counter import Counter
from tests.machines.key_places import give_keys
from tests.machines.pcsc import training_profile
from tests.machines.training_desk import Person, clerk, supervisor, training_desk

TODAY = date(2026, 11, 26)
PLACES = ("pkcs11", "vault")


@dataclass
class CardCentre:
    """Both sides, open."""

    counter: Counter
    store: DeskStore
    application: ApplicationId
    clerk: Person
    supervisor: Person

    def identity(self) -> DeskIdentity:
        return DeskIdentity.load(self.store, self.store.desk, training=self.store.training)

    def sync(self) -> None:
        with HttpCentre(self.identity()) as centre:
            assert run_pass(self.store, centre).up_to_date

    def keys(self, profile: CardProfile | None = None) -> CentreKeys:
        return CentreKeys(profile or training_profile(), self.identity)

    def desk(self, reader: CardReader, keys: KeyHolder | None = None, profile: CardProfile | None = None) -> CardDesk:
        holder = keys or self.keys(profile)
        return CardDesk(self.store, self.clerk, reader, holder, profile or training_profile(), TODAY)

    def now(self) -> Application:
        return self.store.application(self.application)

    def uses(self) -> list[Use]:
        with self.counter.open.database.reading() as connection:
            return [use for use in kept.uses(connection) if use.desk]


@contextmanager
def card_centre(folder: Path, place: str, *, synced: bool = True) -> Iterator[CardCentre]:
    """Make both.

    Args:
        folder: an empty one.
        place: where the centre keeps its keys.
        synced: whether the centre has heard of the approval.
    """
    from tests.usecases.test_counter_operations import at_signed

    point, approver, taker = training_point(), supervisor(), clerk()
    with Counter(folder / "centre") as counter:
        imports.import_point(counter.open, point.code, point.name, point.region)
        staff = [
            imports.StaffMember(p.account, p.display_name, p.role.value, p.key.public_key().public_bytes_raw())
            for p in (approver, taker)
        ]
        imports.import_staff(counter.open, point.code, staff)
        give_keys(counter.open, place)
        store = training_desk(folder / "desk", blanks=3)
        try:
            counter.identity(point.desk, point.code).keep(store)
            application = approve(store, approver, at_signed(store, taker))
            both = CardCentre(counter, store, application.id, taker, approver)
            if synced:
                both.sync()
            yield both
        finally:
            store.close()
