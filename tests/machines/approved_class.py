"""Approved applications by their events alone: where a class of cards begins."""

import secrets
from dataclasses import replace
from datetime import date
from itertools import islice

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import ApplicationId, BlobId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.persons import persons
from sscard_desk.usecases.name_on_card import name_on_card
from tests.machines.training_desk import Person


def approved_class(store: DeskStore, clerk: Person, supervisor: Person, size: int) -> list[Application]:
    """Bring so many invented people to `approved`, each with a photo."""
    return [approved_application(store, clerk, supervisor, n) for n in range(size)]


def approved_application(
    store: DeskStore, clerk: Person, supervisor: Person, n: int, *, approve: bool = True, photo: bool = True
) -> Application:
    """Bring the n-th invented person whose name a card holds to `approved`, or only to `signed`."""
    fitting = (each for each in persons(4 * n + 40) if name_on_card(each.name) is None)
    person = next(islice(fitting, n, None))
    answers = {
        "id_number": person.id_number,
        "name": person.name,
        "sex": person.sex,
        "ethnic": person.ethnic,
        "birth": person.birth.isoformat(),
        "class_name": "3-2",
    }
    opened = events.Opened(
        number="", id_number=person.id_number, name=person.name, document_kind="citizen", evidence="typed",
        answers=answers,
    )  # fmt: skip
    subject = ApplicationId(secrets.token_hex(16))
    with store.work(clerk.account) as work:
        shot = work.put_blob(f"portrait {n}".encode()) if photo else BlobId("")
        portrait = events.PhotoAttached(photo=shot, source="camera", size=9) if photo else events.PhotoExempted("-")
        for event in (
            replace(opened, number=work.next_application_number()),
            events.BankConfirmed(bank="01", bank_name="示例银行", outlet="0101", edition="1", serial="s"),
            portrait,
            events.FormIssued(edition="1", serial="s", copy=1, answers=answers, digest="d", due=date(2026, 12, 1)),
            events.FormReturned(answers=answers, changes=(), digest="d"),
            events.MaterialsChecked(materials=()),
            events.Signed(party="applicant", kind_of_signature="strokes", digest="d", evidence=None),
            events.Signed(party="clerk", kind_of_signature="strokes", digest="d", evidence=None),
        ):
            work.record(event, subject=subject)
    if approve:
        with store.work(supervisor.account) as work:
            work.record(events.Approved(digest="d", seal=b""), subject=subject)
    return store.application(subject)
