"""`window`: open the counter on the data folder."""

import argparse

from sscard_desk.cli.verb import Result, Verb


def run(_words: argparse.Namespace) -> Result:
    """Open the window; returns when it is closed.

    Raises:
        NoDisplay: there is no screen; Qt itself would end the process without a word to the clerk.
    """
    from sscard_desk.bootstrap.program import can_open_window, run_window
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.domain.errors.operator import NoDisplay

    if not can_open_window():
        raise NoDisplay
    run_window(data_folder())
    return {}


VERBS = (Verb("window", "open the counter on the data folder", run),)
