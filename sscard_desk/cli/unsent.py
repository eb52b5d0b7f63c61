"""`unsent`: what the centre has not taken, one by one, with the last error and the next try."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.ports.unsent import UnsentItem
    from sscard_desk.store.unsent import UnsentEntry
    from sscard_desk.sync.attempts import Attempts


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `unsent`."""
    parser.add_argument(
        "--retry",
        type=int,
        action="append",
        default=[],
        metavar="SEQ",
        help="send a set-aside entry again, once mended",
    )


def run(words: argparse.Namespace) -> Result:
    """List what waits; with `--retry` take entries off the list set aside first."""
    from sscard_desk.ports.unsent import Part, UnsentAsked
    from sscard_desk.store.unsent import SHOWN
    from sscard_desk.sync.attempts import kept
    from sscard_desk.usecases.desk_time import offline_forecast

    with signed_in(words) as desk:
        store = desk.store
        for seq in words.retry:
            store.send_again(seq)
        tried, left, known = kept(store), offline_forecast(store), store.time_known()
        blobs, _more, _counts = store.unsent_page(UnsentAsked(Part.BLOBS, limit=SHOWN))
        return {
            "unsent": store.unsent(),
            "set_aside": len(store.set_aside()),
            "tries": tried.tries,
            "last_error": tried.code or None,
            "last_try": _moment(tried.at_ms),
            "next_try": _moment(tried.next_ms),
            "last_success": _moment(known.through_ms or 0),
            "offline_days_left": left.days_left,
            "afterwards": left.then.value,
            "entries": [_entry(each, tried) for each in store.waiting_entries()],
            "blobs": [_blob(each, tried) for each in blobs],
        }


def _entry(one: "UnsentEntry", tried: "Attempts") -> Result:
    aside, tried_too = bool(one.code), one.seq <= tried.through_seq
    return {
        "seq": one.seq,
        "kind": one.kind,
        "application": one.number or None,
        "recorded_at": _moment(one.recorded_ms),
        "bytes": one.size,
        "state": "set_aside" if aside else "waiting",
        "tries": None if aside else tried.of(one.seq),
        "last_error": one.code if aside else (tried.code or None) if tried_too else None,
        "next_try": None if aside else _moment(tried.next_ms),
    }


def _blob(one: "UnsentItem", tried: "Attempts") -> Result:
    """A picture was tried as often as the entry that names it; one that no entry names has no try of its own."""
    tries = tried.of(one.seq) if one.seq else 0
    return {
        "sha256": one.key.removeprefix("blob:"),
        "bytes": one.size,
        "application": one.number or None,
        "tries": tries,
        "last_error": (tried.code or None) if tries else None,
        "next_try": _moment(tried.next_ms),
    }


def _moment(ms: int) -> str | None:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else None


VERBS = (Verb("unsent", "list what the centre has not taken, and why", run, arguments, store=True),)
