"""`central erase | erasures | retention`: what the centre erases, for whom, and how long it keeps the rest."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import read_line
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.central.centre import OpenCentre
    from sscard_desk.central.erasing import Erased
    from sscard_desk.central.store.erasures import Recorded, Request


def erase_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central erase`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--application", default="", metavar="KEY", help="an application's key or number")
    whose.add_argument("--person-fd", type=int, metavar="N", help="descriptor with a person's id number, one line")
    parser.add_argument("--reason", choices=("request", "keeping-period"), default="request", help="why")
    parser.add_argument("--operator", required=True, help="who decides, as the record calls them")
    parser.add_argument("--open-too", action="store_true", help="also applications that have not ended")


def erase(words: argparse.Namespace) -> Result:
    """Erase one application or everything of a person, here and at every desk.

    Raises:
        UsageWrong: no operator, or no number came.
        NothingToErase: there is nothing.
    """
    from sscard_desk.central import erasing, keeping
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.centre import open_centre
    from sscard_desk.domain.erasure import Why
    from sscard_desk.domain.errors.erasure import NothingToErase

    operator = _operator(words)
    reason = erasing.Reason(Why(words.reason), "by an operator", operator, words.open_too)
    with closing(open_centre(words.folder)) as centre:
        person = None if words.person_fd is None else _number(words.person_fd)
        with centre.database.reading() as connection:
            key = keeping.find_number(connection, words.application) or words.application
        with recording(centre, CONSOLE, "erasure.order", key) as record:
            if person is not None:
                done = keeping.erase_person(centre, person, reason, record)
            else:
                done = erasing.erase(centre, [key], reason, record)
            if not (done.subjects or done.open or done.blobs):
                raise NothingToErase
    return _told(done)


def erasures_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central erasures`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--refuse", default="", metavar="KEY", help="answer the request about an application with no")
    parser.add_argument("--repeat", action="store_true", help="erase what desks did by orders that are not on record")
    parser.add_argument("--words", default="", help="why, as the person is told it; no personal data")
    parser.add_argument("--operator", default="", help="who decides, as the record calls them")


def erasures(words: argparse.Namespace) -> Result:
    """Show requests, decisions, and which desks have carried out what; refuse a request first, if one is named.

    Raises:
        UsageWrong: a refusal without words or operator.
        NothingToErase: nobody asked for it.
    """
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.erasing import refuse, repeat
    from sscard_desk.central.store import erasures as kept
    from sscard_desk.domain.errors.erasure import NothingToErase
    from sscard_desk.domain.errors.operator import UsageWrong

    if words.refuse and not words.words.strip():
        raise UsageWrong(reason="--refuse needs --words")
    with closing(open_centre(words.folder)) as centre:
        if words.refuse:
            with recording(centre, CONSOLE, "erasure.refuse", words.refuse) as record:
                if not refuse(centre, words.refuse, words.words.strip(), _operator(words), record):
                    raise NothingToErase
        if words.repeat:
            with recording(centre, CONSOLE, "erasure.repeat") as record:
                repeat(centre, _operator(words), record)
        with centre.database.reading() as connection:
            requests, recorded, missing = kept.requests(connection), kept.every(connection), kept.missing(connection)
    return {
        "requests": [_asked(each) for each in requests],
        "erasures": [_recorded(each) for each in recorded],
        "missing": missing,
    }


def retention_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central retention`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--set", default="", metavar="KIND=DAYS", help="keep a kind so many days; goes to every desk")
    parser.add_argument("--run", action="store_true", help="erase now what is due")


def retention(words: argparse.Namespace) -> Result:
    """Show the keeping periods and how much is due; set one first, erase last.

    Raises:
        UsageWrong: no such kind, or fewer days than data allow.
    """
    from sscard_desk.central import keeping
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.erasing import Erased

    with closing(open_centre(words.folder)) as centre:
        if words.set:
            _set(centre, words.set)
        rules, due = keeping.rules_of(centre), keeping.due(centre)
        done = Erased()
        if words.run:
            with recording(centre, CONSOLE, "erasure.due") as record:
                done = keeping.erase_due(centre, record)
    kinds = sorted(set(due.values()))
    return {
        "desk_days": rules.desk_days,
        "backup_days": rules.backup_days,
        "least_days": rules.least_days,
        "periods": [{"kind": each.id, "days": each.days} for each in rules.periods],
        "due": [{"kind": kind, "count": list(due.values()).count(kind)} for kind in kinds],
        "erased": _told(done),
    }


def _set(centre: "OpenCentre", text: str) -> None:
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.keeping import set_period
    from sscard_desk.domain.errors.operator import UsageWrong

    kind, _, days = text.partition("=")
    if not (days.isascii() and days.isdecimal()):
        raise UsageWrong(reason="--set needs KIND=DAYS")
    try:
        with acting(centre, CONSOLE, "retention.set", text) as noting:
            set_period(noting, kind, int(days))
    except ValueError as wrong:
        raise UsageWrong(reason=str(wrong)) from None


def _operator(words: argparse.Namespace) -> str:
    from sscard_desk.domain.errors.operator import UsageWrong

    if not words.operator.strip():
        raise UsageWrong(reason="--operator names nobody")
    return str(words.operator.strip())


def _number(descriptor: int) -> str:
    from sscard_desk.domain.errors.operator import UsageWrong

    number = read_line(descriptor).decode("ascii", "replace").strip().upper()
    if not number.isalnum():
        raise UsageWrong(reason="no id number came on the descriptor")
    return number


def _told(done: "Erased") -> Result:
    return {
        "subjects": list(done.subjects),
        "open": list(done.open),
        "entries": done.entries,
        "blobs": done.blobs,
    }


def _asked(one: "Request") -> Result:
    return {
        "subject": one.subject,
        "desk": one.desk,
        "state": one.state,
        "words": one.words,
        "operator": one.operator,
        "asked_ms": one.asked_ms,
        "decided_ms": one.decided_ms,
    }


def _recorded(one: "Recorded") -> Result:
    return {
        "subject": one.order.subject,
        "why": one.order.why,
        "rule": one.order.rule,
        "at_ms": one.order.at_ms,
        "operator": one.operator,
        "entries": one.order.entries,
        "blobs": one.blobs,
        "digest": one.order.digest,
        "carried_out": list(one.carried_out),
    }


VERBS = (
    Verb("central erase", "erase an application, or everything of a person, here and at desks", erase, erase_arguments),
    Verb("central erasures", "show requests and erasures, refuse a request", erasures, erasures_arguments),
    Verb("central retention", "show or set keeping periods, erase what is due", retention, retention_arguments),
)
