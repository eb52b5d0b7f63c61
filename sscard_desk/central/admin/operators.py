"""Operators come and go by the command line: whoever works on the server decides who administers in a browser."""

import re
from dataclasses import replace
from typing import Final

from sscard_desk.central.admin import passwords, throttle
from sscard_desk.central.admin.acting import CONSOLE, acting
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import operator_sessions, operator_wishes, operators
from sscard_desk.central.store.operators import ACTIVE, INVITED, REMOVED, Operator
from sscard_desk.domain.errors.administration import OperatorExists, OperatorNameWrong, OperatorUnknown

FIRST_HOURS: Final = 72
_NAME: Final = re.compile(r"[a-z][a-z0-9.-]{1,31}", re.ASCII)


def add(centre: OpenCentre, name: str) -> str:
    """Add an operator, and return the password for the first sign-in; it is kept nowhere.

    Raises:
        OperatorNameWrong: no name that the record can bear.
        OperatorExists: there is, or was, one of this name.
    """
    if not _NAME.fullmatch(name) or name == CONSOLE:
        raise OperatorNameWrong
    with acting(centre, CONSOLE, "operator.add", name) as noting, noting.database.writing() as connection:
        if operators.find(connection, name) is not None:
            raise OperatorExists
        first, made = _invited(centre, name)
        operators.keep(connection, made)
    return first


def reset(centre: OpenCentre, name: str) -> str:
    """Give an operator a new first password: the old one, second factor, recovery codes and sessions end at once.

    Raises:
        OperatorUnknown: there is none of this name.
    """
    with acting(centre, CONSOLE, "operator.reset", name) as noting, noting.database.writing() as connection:
        known = operators.find(connection, name, for_update=True)
        if known is None or known.state == REMOVED:
            raise OperatorUnknown
        first, made = _invited(centre, name)
        operators.keep(connection, replace(made, since_ms=known.since_ms, last_step=known.last_step))
        operators.keep_recovery(connection, name, [])
        operators.forget_tries(connection, throttle.forgive(centre, name))
        operator_sessions.end_all(connection, name)
    return first


def remove(centre: OpenCentre, name: str) -> None:
    """End an operator and every session of theirs; what they did stays on record, and their name is not given again.

    Raises:
        OperatorUnknown: there is none of this name.
    """
    with acting(centre, CONSOLE, "operator.remove", name) as noting, noting.database.writing() as connection:
        known = operators.find(connection, name, for_update=True)
        if known is None or known.state == REMOVED:
            raise OperatorUnknown
        operators.keep(connection, Operator(name, REMOVED, b"", b"", "", 0, b"", known.last_step, known.since_ms))
        operators.keep_recovery(connection, name, [])
        operator_sessions.end_all(connection, name)


def listed(centre: OpenCentre) -> list[dict[str, object]]:
    """Return every operator with state, second factor, recovery codes and sessions, by name."""
    with centre.database.reading() as connection:
        return [
            {
                "operator": each.name,
                "state": each.state,
                "second_factor": bool(each.factor) and each.state == ACTIVE,
                "recovery_codes": operators.recovery_left(connection, each.name),
                "sessions": len(operator_sessions.of_operator(connection, each.name)),
            }
            for each in operators.everybody(connection)
        ]


def policy(centre: OpenCentre, second_person: bool | None = None) -> bool:
    """Return whether dangerous acts ask for a second operator; switch it first where a word is given."""
    if second_person is not None:
        word = "on" if second_person else "off"
        with (
            acting(centre, CONSOLE, "operator.second-person", word) as noting,
            noting.database.writing() as connection,
        ):
            operator_wishes.ask(connection, on=second_person)
    with centre.database.reading() as connection:
        return operator_wishes.is_asked(connection)


def _invited(centre: OpenCentre, name: str) -> tuple[str, Operator]:
    first = passwords.first_password()
    salt, known, cost = passwords.hashed(first)
    until = centre.now_ms() + FIRST_HOURS * 3_600_000
    return first, Operator(name, INVITED, salt, known, cost, until, b"", 0, centre.now_ms())
