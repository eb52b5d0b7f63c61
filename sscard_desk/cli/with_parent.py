"""A part of the training counter ends when whoever started it ends, however that happened."""

import argparse
import os
import signal
import threading


def add_word(parser: argparse.ArgumentParser) -> None:
    """Add `--with-parent` to a verb that runs until stopped."""
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")


def end_with_parent(words: argparse.Namespace) -> None:
    """Watch standard input if `--with-parent` was given: the system closes it when the parent is gone."""
    if words.with_parent:
        threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    while os.read(0, 1):  # not sys.stdin, whose lock a thread that never wakes would hold to the very end
        pass
    os.kill(os.getpid(), signal.SIGTERM)  # to the process: a signal raised here would not wake the main thread
