"""`card pin`: verify, set, change, unblock, reset. PINs come from the terminal or a descriptor, never as arguments."""

import argparse
import getpass
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from sscard_desk.cli.sign_in import read_line, signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.cards.pin import Pin

NEEDS_REASON: Final = frozenset({"unblock", "reset"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card pin`."""
    parser.add_argument("act", choices=["verify", "set", "change", "unblock", "reset"], help="what is done")
    parser.add_argument("--pin-fd", type=int, metavar="N", help="descriptor with the PINs, a line each: old, then new")
    parser.add_argument("--reason", default="", help="why the PIN is unblocked or reset")
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")


def run(words: argparse.Namespace) -> Result:
    """Serve the PIN of the card in the reader; the tries left are told before a PIN is asked for."""
    from sscard_desk.domain.errors.operator import ReasonMissing
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.card_pin import PinDesk, card_for_pin

    if words.act in NEEDS_REASON and not words.reason.strip():
        raise ReasonMissing
    with signed_in(words, first_line=words.pin_fd == words.password_fd) as open_desk, ExitStack() as typed:
        counter = open_desk.counter()
        desk = PinDesk(counter.store, counter.session, counter.devices.card_reader, counter.keys, counter.profile)
        with card_for_pin(desk, Cancel(), words.wait) as card:
            before = card.tries
            print(f"tries left: {'?' if before is None else before}", file=sys.stderr, flush=True)
            ask = _Asker(words.pin_fd, typed)
            match words.act:
                case "verify":
                    card.verify(ask("PIN"))
                case "set":
                    card.set_first(ask.new())
                case "change":
                    card.change(ask("Old PIN"), ask.new())
                case "unblock":
                    card.unblock(words.reason)
                case _:
                    card.reset(ask.new(), words.reason)
            return {"act": words.act, "identification_code": card.identification_code, "tries_before": before}


class _Asker:
    """Asks for PINs; each is wiped when the verb ends."""

    def __init__(self, descriptor: int | None, typed: ExitStack) -> None:
        self._descriptor = descriptor
        self._typed = typed

    def __call__(self, question: str) -> "Pin":
        """Return what was typed.

        Raises:
            PinEntryStopped: nothing came.
        """
        from sscard_desk.cards.pin import Pin
        from sscard_desk.domain.errors.pin import PinEntryStopped

        try:
            if self._descriptor is None:
                line = getpass.getpass(f"{question}: ").encode()
            else:
                line = read_line(self._descriptor).rstrip(b"\r")
        except (OSError, EOFError):
            line = b""
        if not line:
            raise PinEntryStopped
        return self._typed.enter_context(Pin(line))

    def new(self) -> "Pin":
        """Return a new PIN; at the terminal it is typed twice.

        Raises:
            PinEntryStopped, PinsDiffer: as named.
        """
        from sscard_desk.domain.errors.pin import PinsDiffer

        first = self("New PIN")
        if self._descriptor is None and first != self("New PIN again"):
            raise PinsDiffer
        return first


VERBS = (Verb("card pin", "serve the PIN of the card in the reader", run, arguments, store=True),)
