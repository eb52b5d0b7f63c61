"""`demo`: one applicant, end to end, through the same screens, without a display."""

import argparse
import os
import sys
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `demo`."""
    parser.add_argument("--out", type=Path, required=True, help="where to leave pictures, papers and the report")
    parser.add_argument("--persons", type=int, default=100_000, help="how many synthetic persons the register has")


def run(words: argparse.Namespace) -> Result:
    """Serve one applicant; an unfinished one in the data folder is gone on with."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from sscard_desk.bootstrap.settings import HOME
    from sscard_desk.training.demo import serve_one
    from sscard_desk.training.set_up import TrainingFolder

    folder = TrainingFolder(Path(os.environ.get(HOME) or words.out / "data"))
    return serve_one(folder, words.out, _tell, count=words.persons)


def _tell(word: str) -> None:
    print(f"demo: {word}", file=sys.stderr, flush=True)


VERBS = (Verb("demo", "serve one applicant end to end without a display", run, arguments),)
