"""`central compact`: the feeds without what every desk has passed."""

import argparse
from dataclasses import asdict
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def compact_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central compact`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--days", type=_days, metavar="N", help="desks silent for longer hold nothing back")


def compact(words: argparse.Namespace) -> Result:
    """Remove old positions of items that changed since, once every desk has read past them."""
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.compaction import DAYS, compact

    centre = open_centre(words.folder)
    try:
        days = DAYS if words.days is None else words.days
        with recording(centre, CONSOLE, "compact", f"{days}") as record:
            done = compact(centre, days, record)
    finally:
        centre.close()
    return {"days": days, "removed": sum(one.removed for one in done), "scopes": [asdict(one) for one in done]}


def _days(word: str) -> int:
    days = int(word)
    if days < 0:
        raise ValueError(word)
    return days


VERBS = (Verb("central compact", "drop old positions that every desk has read past", compact, compact_arguments),)
