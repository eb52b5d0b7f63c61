"""`central revoke | status`: which desks the centre listens to, and where all of them stand."""

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from collections import Counter

    from sscard_desk.central.store.desk_status import DeskStatus


def revoke_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central revoke`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--desk", required=True, help="what the centre calls the desk")
    parser.add_argument("--reason", default="", help="kept beside it; no personal data")
    parser.add_argument("--undo", action="store_true", help="listen to a revoked desk again")


def revoke(words: argparse.Namespace) -> Result:
    """Listen to a desk no more, from its next request on; what it sent stays.

    Raises:
        DeskUnknown: there is none of this name.
        SecondOperatorAsked: `--undo` waits for one in the browser.
    """
    from sscard_desk.central.admin import second
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.store.desks import DeskState, revoke_desk
    from sscard_desk.domain.errors.second_person import SecondOperatorAsked

    reason = words.reason.strip()
    centre = open_centre(words.folder)
    try:
        state: DeskState | None
        if words.undo:
            state = second.allow(centre, CONSOLE, words.desk, reason)
        else:
            with acting(centre, CONSOLE, "desk.revoke", words.desk) as noting:
                state = noting.database.write(lambda line: revoke_desk(line, words.desk, centre.now_ms(), reason))
    finally:
        centre.close()
    if state is None:
        raise SecondOperatorAsked
    return {"desk": words.desk, "state": state.value}


def status_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central status`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--point", default="", help="only the desks of this service point")
    parser.add_argument("--pictures", action="store_true", help="count the pictures that wait: reads every entry")


def status(words: argparse.Namespace) -> Result:
    """Say where every desk and every scope stands."""
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.pending_pictures import pending_pictures
    from sscard_desk.central.store import desk_status, photo_limits, recovery

    centre = open_centre(words.folder)
    try:
        with centre.database.reading() as connection:
            desks = desk_status.desk_statuses(connection, words.point)
            scopes = desk_status.scope_statuses(connection)
            blobs = desk_status.blob_count(connection)
            unmatched = photo_limits.unmatched(connection)
            staff_due = recovery.staff_due(connection)
            pending = pending_pictures(connection) if words.pictures else None
        ends = centre.keys.ends()
    finally:
        centre.close()
    return {
        "name": centre.name,
        "training": centre.training,
        "authority_end": ends.authority.isoformat(),
        "server_certificate_end": ends.server.isoformat(),
        "desks": [_desk(one, pending) for one in desks],
        "scopes": [asdict(one) for one in scopes],
        "blobs": blobs,
        "staff_to_import": staff_due,
        "register_photos_unmatched": sum(one.count for one in unmatched),
    }


def _desk(one: "DeskStatus", pending: "Counter[str] | None") -> dict[str, object]:
    return {
        "desk": one.desk,
        "point": one.point,
        "point_name": one.point_name,
        "state": one.state,
        "state_since": _time(one.state_ms),
        "state_reason": one.state_reason,
        "last_seen": _time(one.seen_ms),
        "received_seq": one.received_seq,
        "said_seq": one.said_seq,
        "unsent": one.unsent,
        "pending_pictures": None if pending is None else pending[one.desk],
        "certificate_end": _time(one.certificate_end_ms),
        "shows_certificate": one.shows_certificate,
    }


def _time(at_ms: int | None) -> str | None:
    return None if at_ms is None else datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")


VERBS = (
    Verb("central revoke", "listen to a desk no more, or again", revoke, revoke_arguments),
    Verb("central status", "say where every desk and scope stands", status, status_arguments),
)
