"""A centre with card keys, and what a desk asks of it."""

import secrets
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from sscard_desk.central.card_keys import service
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store import desks
from sscard_desk.central.store.card_keys import Use
from sscard_desk.domain import events, seals
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.wire.card_keys import CardKeyAnswer, CardKeyQuestion
from tests.central._journal import outcomes, receive
from tests.machines.counter import bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.pcsc import training_profile

CLERK, SUPERVISOR = "c1" * 16, "5b" * 16
CARD, OTHER_CARD = ("330100D156000005" + f"{n:016X}" for n in (1, 2))
PROFILE = training_profile()
UPDATE, READ, PIN = PROFILE.update_key.hsm_name, PROFILE.read_key.hsm_name, "009010"
MINE = "the application that is approved in the test"
RELOAD = bytes.fromhex("84D40100")


@dataclass
class Office:
    """A centre with keys, and a desk of it that takes applications as far as a test wants."""

    centre: OpenCentre
    desk: ModelDesk
    supervisor: Ed25519PrivateKey
    clerk: Ed25519PrivateKey

    def record(self, key: str, *recorded: events.Event, actor: str = CLERK) -> None:
        entries = [self.desk.record(event, key, actor=actor) for event in recorded]
        assert {said for said, _ in outcomes(receive(self.centre, "D-0001", entries))} == {"stored"}

    def signed(self, running: int = 1) -> str:
        key = subject()
        seal = self.clerk.sign(seals.sealed_bytes(seals.SIGNED, ApplicationId(key), "d2"))
        signatures = [
            events.Signed(party=party, kind_of_signature="strokes", digest="d2", evidence=None, seal=sealed)
            for party, sealed in (("applicant", b""), ("clerk", seal))
        ]
        self.record(
            key,
            opened(running),
            bank_confirmed(),
            events.PhotoExempted(reason="under 7"),
            events.FormIssued(edition="1", serial="S", copy=1, answers={}, digest="d1", due=None),
            events.FormReturned(answers={}, changes=(), digest="d2"),
            events.MaterialsChecked(materials=()),
            *signatures,
        )
        return key

    def approved(self, running: int = 1) -> str:
        key = self.signed(running)
        seal = self.supervisor.sign(seals.sealed_bytes(seals.APPROVED, ApplicationId(key), "d2"))
        self.record(key, events.Approved(digest="d2", seal=seal), actor=SUPERVISOR)
        return key

    def confirmed(self, card: str, actor: str, key: Ed25519PrivateKey | None) -> None:
        seal = key.sign(seals.confirmed_bytes(card)) if key else b""
        self.record(card, events.SpoilConfirmed(card, "here", seal), actor=actor)

    def intended(self, key: str, card: str = CARD) -> None:
        day = date(2026, 11, 26)
        self.record(key, events.CardIntended(card, "A00000001", "training", "d" * 64, ("EF05 05",), day, day))

    def ask(self, asked: CardKeyQuestion, desk: str = "D-0001") -> CardKeyAnswer:
        with self.centre.database.reading() as connection:
            found = desks.find_desk(connection, desk)
        assert found is not None
        return service.answer(self.centre, found, asked)

    def uses(self) -> list[Use]:
        with self.centre.database.reading() as connection:
            return [use for use in kept.uses(connection) if use.desk]


def write(application: str, card: str = CARD, **changes: object) -> CardKeyQuestion:
    asked = CardKeyQuestion(
        use_id=secrets.token_hex(16),
        act="write",
        application=application,
        reason="",
        identification_code=card,
        historical=bytes(13),
        algorithm=1,
        key=UPDATE,
        random=secrets.token_bytes(8),
    )
    return replace(asked, **changes)


def read(reason: str = "the holder asks what stands on it", **changes: object) -> CardKeyQuestion:
    return write("", **({"act": "read", "reason": reason, "key": READ} | changes))


def reset(reason: str = "forgotten", **changes: object) -> CardKeyQuestion:
    block = bytes.fromhex("0324680280000000")
    asked = {"act": "reset_pin", "reason": reason, "key": PIN, "header": RELOAD, "block": block}
    return write("", **(asked | changes))
