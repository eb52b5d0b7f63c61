"""Erasing at the centre: what persons asked for, what was ordered, which desks have not carried it out yet."""

from typing import Final

from sscard_desk.central import erasing, keeping
from sscard_desk.central.admin.acting import DONE, noted, recording
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.pages.wishes import ORDER, ORDER_OPEN, waits
from sscard_desk.central.erasing import Erased, Reason
from sscard_desk.central.store import applications, operator_wishes, subject_rows
from sscard_desk.central.store import erasures as kept
from sscard_desk.central.store.erasures import ASKED
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.administration import SecondOperatorNeeded
from sscard_desk.domain.errors.erasure import ErasureOpen, NothingToErase

ERASURES: Final = "/admin/erasures"
SHOWN: Final = 100
LONGEST_WORDS: Final = 200
LONGEST_KEY: Final = 64


def show(visit: Visit) -> Page:
    """List requests and the newest orders."""
    with visit.centre.database.reading() as connection:
        asked, orders = kept.requests(connection), kept.every(connection)[::-1][:SHOWN]
        subjects = [each.subject for each in asked] + [each.order.subject for each in orders]
        standing = applications.numbers_and_steps(connection, subjects)
        makers = subject_rows.desks_of(connection, [each.order.subject for each in orders])
        second = operator_wishes.is_asked(connection)
    return Page(
        "erasures.html",
        {
            "open": [each for each in asked if each.state == ASKED],
            "answered": [each for each in asked if each.state != ASKED][::-1][:SHOWN],
            "orders": [(each, sorted(makers[each.order.subject] - set(each.carried_out))) for each in orders],
            "numbers": {subject: number for subject, (number, _) in standing.items()},
            "second": second,
            "found": None,
            "id_number": "",
            "application": visit.form.get("application", ""),
            "no_words": False,
        },
    )


def take(visit: Visit) -> Page:
    """Order an erasure, refuse one, or look for what the centre has of a person.

    Raises:
        NothingToErase: there is nothing under that number or key, or nobody asked.
        ErasureOpen: it has not ended, and nobody said that it is to go all the same.
        SecondOperatorNeeded: a person has pictures alone, and nobody erases them alone.
    """
    return {"refuse": _refuse, "find": _find, "person": _person}.get(visit.form.get("word", ""), _order)(visit)


def _order(visit: Visit) -> Page:
    said = visit.form.get("application", "").strip()[:LONGEST_KEY]
    with visit.centre.database.reading() as connection:
        key = keeping.find_number(connection, said) or said
        if not subject_rows.entries_of(connection, key, hold=False):
            raise NothingToErase
    open_too = visit.form.get("open_too") == "1"
    if waits(visit, ORDER_OPEN if open_too else ORDER, key, ""):
        return Page(to=f"{ERASURES}?done=waits")
    with recording(visit.centre, visit.operator, ORDER, key) as record:
        done = erasing.erase(visit.centre, [key], _reason(visit, open_too=open_too), record)
        _need_done(done)
    return Page(to=f"{ERASURES}?done=erased")


def _refuse(visit: Visit) -> Page:
    subject, words = visit.form.get("subject", ""), visit.form.get("words", "").strip()[:LONGEST_WORDS]
    if not words:
        return Page("erasures.html", {**show(visit).values, "no_words": True}, status=400)
    with recording(visit.centre, visit.operator, "erasure.refuse", subject) as record:
        if not erasing.refuse(visit.centre, subject, words, visit.operator, record):
            raise NothingToErase
    return Page(to=f"{ERASURES}?done=refused")


def _find(visit: Visit) -> Page:
    """Show the applications of a person; that somebody looked is on record, for whom is not."""
    number = _number(visit)
    with visit.centre.database.reading() as connection:
        subjects = sorted(keeping.subjects_of(connection, number)) if number else []
        found = applications.numbers_and_steps(connection, subjects)
    noted(visit.centre, visit.operator, "erasure.look", "", DONE)
    listed = [(subject, found.get(subject)) for subject in subjects]
    return Page("erasures.html", {**show(visit).values, "found": listed, "id_number": number})


def _person(visit: Visit) -> Page:
    number, open_too = _number(visit), visit.form.get("open_too") == "1"
    with visit.centre.database.reading() as connection:
        subjects = sorted(keeping.subjects_of(connection, number)) if number else []
        second = operator_wishes.is_asked(connection)
    if second:
        # a number of a person does not wait in a table: each application is put to the second operator
        if not subjects:
            raise SecondOperatorNeeded
        for subject in subjects:
            waits(visit, ORDER_OPEN if open_too else ORDER, subject, "")
        return Page(to=f"{ERASURES}?done=waits")
    with recording(visit.centre, visit.operator, ORDER) as record:
        _need_done(keeping.erase_person(visit.centre, number, _reason(visit, open_too=open_too), record))
    return Page(to=f"{ERASURES}?done=erased")


def _number(visit: Visit) -> str:
    said = visit.form.get("id_number", "").strip().upper()[:LONGEST_KEY]
    return said if said.isascii() and said.isalnum() else ""


def _reason(visit: Visit, *, open_too: bool) -> Reason:
    return Reason(Why.REQUEST, "by an operator", visit.operator, open_too)


def _need_done(done: Erased) -> None:
    if done.open:
        raise ErasureOpen(count=len(done.open))
    if not (done.subjects or done.blobs):
        raise NothingToErase
