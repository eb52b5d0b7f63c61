"""`retention`: how long this desk keeps what, what it erased, and what waits."""

import argparse
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.domain.erasure import Erasure


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `retention`."""
    parser.add_argument("--run", action="store_true", help="erase now what the rule lets go; an exchange does so too")


def run(words: argparse.Namespace) -> Result:
    """Say what was erased here and what waits; nothing goes that the centre has not received."""
    from sscard_desk.bootstrap.retention import forget_ended, rules_of

    with signed_in(words) as desk:
        erased = list(forget_ended(desk.store, now=True).erased) if words.run else []
        rules, known = rules_of(desk.store), desk.store.erasures()
        unsent = dict(desk.store.erasures_waiting())
    return {
        "desk_days": rules.desk_days,
        "backup_days": rules.backup_days,
        "erased_now": erased,
        "erasures": [_told(each, unsent.get(each.subject, 0)) for each in known],
    }


def _told(one: "Erasure", unsent: int) -> Result:
    return {
        "subject": one.subject,
        "state": "waiting" if one.waiting else "done",
        "why": one.why.value,
        "rule": one.rule,
        "asked_at": one.asked.isoformat(),
        "done_at": one.done.isoformat() if one.done else None,
        "explained_by": one.seq,
        "unsent": unsent,
    }


VERBS = (Verb("retention", "say what this desk erased and what waits, or erase now", run, arguments, store=True),)
