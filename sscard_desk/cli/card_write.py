"""`card write` and `card resume`."""

import argparse
from typing import TYPE_CHECKING

from sscard_desk.cli.card_trace import add_trace, traced_desk
from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.usecases.card_desk import CardDesk
    from sscard_desk.usecases.card_progress import CardLine, CardProgress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card write`."""
    parser.add_argument("application", help="the application number")
    resume_arguments(parser)


def run(words: argparse.Namespace) -> Result:
    """Write and prove the card of an approved application, or go on where an earlier try broke off."""
    from sscard_desk.domain.numbers.application_number import parse_application_number
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.write_card import write_card

    number = str(parse_application_number(words.application))
    records = _Records()
    with signed_in(words) as open_desk:
        desk = _card_desk(traced_desk(open_desk, words))
        application = desk.store.find_application(number)
        after = write_card(desk, application.id, Cancel(), records.watch, wait_s=words.wait)
    return {
        "application_no": after.number,
        "step": after.step.value,
        "identification_code": after.card.identification_code if after.card else "",
        "verified": records.verified,
        "warnings": records.warnings(),
        "items": records.as_items(),
    }


def resume_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card resume`."""
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")
    add_trace(parser)


def resume(words: argparse.Namespace) -> Result:
    """Go on with the card in the reader whose writing broke off, or declare it spoiled with the reason."""
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.resume_card import resume_card

    records = _Records()
    with signed_in(words) as open_desk:
        end = resume_card(_card_desk(traced_desk(open_desk, words)), Cancel(), records.watch, wait_s=words.wait)
    return {
        "application_no": end.application.number,
        "step": end.application.step.value,
        "verified": records.verified and not end.spoiled,
        "spoiled": end.spoiled,
        "items": records.as_items(),
    }


class _Records:
    """The records of the card as the last report had them."""

    def __init__(self) -> None:
        self._lines: tuple[CardLine, ...] = ()
        self._warned: tuple[str, ...] = ()

    def watch(self, progress: "CardProgress") -> None:
        self._warned = progress.warned or self._warned
        self._lines = progress.lines or self._lines

    @property
    def verified(self) -> bool:
        return bool(self._lines) and all(line.state == "same" for line in self._lines)

    def warnings(self) -> list[str]:
        """Return what the data let pass about the blank, in words."""
        from sscard_desk.cli.spoken import language_here
        from sscard_desk.texts import Catalogue

        texts = Catalogue(language_here())
        return [texts(key) for key in self._warned]

    def as_items(self) -> list[dict[str, str]]:
        return [{"name": line.name, "state": line.state} for line in self._lines]


def _card_desk(open_desk: "OpenDesk") -> "CardDesk":
    from sscard_desk.usecases.card_desk import CardDesk

    counter = open_desk.counter()
    return CardDesk(
        counter.store,
        counter.session,
        counter.devices.card_reader,
        counter.keys,
        counter.profile,
        counter.today(),
    )


VERBS = (
    Verb("card write", "write the card of an approved application", run, arguments, store=True),
    Verb("card resume", "go on with the card in the reader", resume, resume_arguments, store=True),
)
