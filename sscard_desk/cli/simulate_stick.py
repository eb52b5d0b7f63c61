"""`simulate stick`: what a training studio hands out on a stick, written once."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `simulate stick`."""
    parser.add_argument("--out", type=Path, required=True, help="folder of the stick")
    parser.add_argument("--first", type=int, default=0, help="which synthetic person comes first")
    parser.add_argument("--count", type=int, default=40, help="how many persons' pictures")


def stick(words: argparse.Namespace) -> Result:
    """Write the studio's folder; its files are named by the numbers and names of synthetic persons."""
    from sscard_desk.training.persons import persons
    from sscard_desk.training.photos import lay_stick

    everybody = list(persons(words.first + words.count))[words.first :]
    folder, files = lay_stick(words.out, everybody)
    return {"device": "stick", "folder": str(folder), "files": files}


VERBS = (Verb("simulate stick", "a training studio's pictures on a stick", stick, arguments),)
