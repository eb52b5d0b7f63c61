"""`card pin`: verify, set, change, unblock, reset. PINs come from the terminal or a descriptor, never as arguments."""

import argparse
import getpass
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from sscard_desk.cli.card_trace import add_trace, traced_desk
from sscard_desk.cli.sign_in import read_line, signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from sscard_desk.cards.pin import Pin
    from sscard_desk.domain.errors import DeskError
    from sscard_desk.usecases.serve_pin import Asked, PinCard


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card pin`."""
    parser.add_argument("act", choices=["verify", "set", "change", "unblock", "reset"], help="what is done")
    parser.add_argument("--pin-fd", type=int, metavar="N", help="descriptor with the PINs, a line each: old, then new")
    parser.add_argument("--pad", action="store_true", help="use the reader's own keypad where it has one")
    parser.add_argument("--reason", default="", help="why the PIN is unblocked or reset")
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")
    add_trace(parser)


def run(words: argparse.Namespace) -> Result:
    """Serve the PIN of the card in the reader; the tries left are told before a PIN is asked for."""
    from sscard_desk.domain.errors.operator import ReasonMissing
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.pin_sending import PinDesk
    from sscard_desk.usecases.serve_pin import NEEDS_REASON, PinAct, serve_pin

    act = PinAct(words.act)
    if act in NEEDS_REASON and not words.reason.strip():
        raise ReasonMissing
    with signed_in(words, first_line=words.pin_fd == words.password_fd) as open_desk:
        counter = traced_desk(open_desk, words).counter()
        desk = PinDesk(counter.store, counter.session, counter.devices.card_reader, counter.keys, counter.profile)
        card = serve_pin(desk, act, _Terminal(words.pin_fd), Cancel(), words.wait, reason=words.reason, pad=words.pad)
    return {"act": act.value, "identification_code": card.identification_code, "tries_before": card.tries}


class _Terminal:
    """Asks at the terminal, or reads a line of a descriptor for each question; fits `PinTalk`."""

    _QUESTIONS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"pin": "PIN", "old": "Old PIN", "new": "New PIN", "again": "New PIN again"}
    )

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor
        self.twice = descriptor is None

    def found(self, card: "PinCard") -> None:
        """Say the tries left, and where the PIN is typed if not here."""
        print(f"tries left: {'?' if card.tries is None else card.tries}", file=sys.stderr, flush=True)
        if card.pad:
            print(f"the PIN is typed on the keypad of {card.reader}", file=sys.stderr, flush=True)

    def ask(self, what: "Asked", still_there: "Callable[[], None]") -> "Pin":
        """Return what was typed.

        Raises:
            PinEntryStopped: nothing came.
        """
        del still_there  # whoever types here cannot be interrupted; the card is identified again before it is sent
        from sscard_desk.cards.pin import Pin
        from sscard_desk.domain.errors.pin import PinEntryStopped

        try:
            if self._descriptor is None:
                line = getpass.getpass(f"{self._QUESTIONS[what.value]}: ").encode()
            else:
                line = read_line(self._descriptor).rstrip(b"\r")
        except (OSError, EOFError):
            line = b""
        if not line:
            raise PinEntryStopped
        return Pin(line)

    def again(self, error: "DeskError") -> None:
        """Ask for a new PIN once: whoever called begins anew.

        Raises:
            PinWeak, PinLength, PinsDiffer: always.
        """
        raise error

    def working(self) -> None:
        """Nothing to say: the answer follows."""


VERBS = (Verb("card pin", "serve the PIN of the card in the reader", run, arguments, store=True),)
