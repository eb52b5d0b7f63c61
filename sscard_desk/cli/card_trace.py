"""`--trace FILE` of the verbs that speak to a card."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.bootstrap.settings import Settings


def add_trace(parser: argparse.ArgumentParser) -> None:
    """Add the word."""
    parser.add_argument("--trace", type=Path, metavar="FILE", help="write each command and answer there, masked")


def traced(settings: "Settings", words: argparse.Namespace) -> "Settings":
    """Return the settings with the trace that was asked for; those of the data folder without one."""
    if words.trace is None:
        return settings
    return replace(settings, card_reader=replace(settings.card_reader, trace=str(words.trace.absolute())))


def traced_desk(desk: "OpenDesk", words: argparse.Namespace) -> "OpenDesk":
    """Return the desk with these settings."""
    return replace(desk, settings=traced(desk.settings, words))
