"""`window`: open the counter on the data folder."""

import argparse

from sscard_desk.cli.verb import Result, Verb


def run(_words: argparse.Namespace) -> Result:
    """Open the window; returns when it is closed."""
    from sscard_desk.bootstrap.program import run_window
    from sscard_desk.bootstrap.settings import data_folder

    run_window(data_folder())
    return {}


VERBS = (Verb("window", "open the counter on the data folder", run),)
