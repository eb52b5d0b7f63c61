"""What a verb is: a name, its words, and a function that returns one plain object."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field

from sscard_desk.domain.errors import DeskError

Result = dict[str, object]


@dataclass(frozen=True)
class Failed:
    """A verb did what it was asked and found something wrong: the object is printed, and the error beside it.

    Attributes:
        result: what `--json` prints.
        error: the last line on stderr; the exit status is 1.
    """

    result: Result
    error: DeskError


@dataclass(frozen=True)
class Verb:
    """One verb of the command line.

    Attributes:
        name: one or two words, for example `card read`.
        summary: one line for `--help`.
        run: does it and returns what `--json` prints, with an error where it found something wrong.
        arguments: adds the verb's own words to its parser.
        store: whether it opens the data folder, and so takes `--account` and `--password-fd`.
    """

    name: str
    summary: str
    run: Callable[[argparse.Namespace], Result | Failed]
    arguments: Callable[[argparse.ArgumentParser], None] = field(default=lambda _parser: None)
    store: bool = False
