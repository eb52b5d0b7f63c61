"""`train`: a training counter, set up if it is not there yet, with simulated devices and a centre of its own."""

import argparse
import os
import sys
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `train`."""
    parser.add_argument("--out", type=Path, default=Path("out") / "demo", help="where to leave pictures and papers")
    parser.add_argument("--persons", type=int, default=100_000, help="how many synthetic persons the register has")


def run(words: argparse.Namespace) -> Result:
    """Open the training counter; without a display serve one applicant into `--out`."""
    from sscard_desk.bootstrap.program import has_display, run_window
    from sscard_desk.bootstrap.settings import HOME
    from sscard_desk.training.running import running_training
    from sscard_desk.training.set_up import TrainingFolder

    if not has_display():
        from sscard_desk.cli import demo

        print("no display: one applicant is served without a window", file=sys.stderr)
        return demo.run(words)
    folder = TrainingFolder(Path(os.environ.get(HOME) or Path("out") / "training"))
    with running_training(folder, _tell, count=words.persons) as hint:
        run_window(folder.path, hint)
    return {}


def _tell(word: str) -> None:
    print(f"training: {word}", file=sys.stderr, flush=True)


VERBS = (Verb("train", "open a training counter with simulated devices", run, arguments),)
