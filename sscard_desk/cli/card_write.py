"""`card write`."""

import argparse

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card write`."""
    parser.add_argument("application", help="the application number")
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")


def run(words: argparse.Namespace) -> Result:
    """Write and prove the card of an approved application, or go on where an earlier try broke off."""
    from sscard_desk.domain.numbers.application_number import parse_application_number
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.write_card import CardDesk, CardLine, CardProgress, write_card

    with signed_in(words) as open_desk:
        counter = open_desk.counter()
        application = counter.store.find_application(str(parse_application_number(words.application)))
        desk = CardDesk(
            counter.store,
            counter.session,
            counter.devices.card_reader,
            counter.keys,
            counter.profile,
            counter.today(),
        )
        lines: tuple[CardLine, ...] = ()

        def watch(progress: CardProgress) -> None:
            nonlocal lines
            lines = progress.lines or lines

        after = write_card(desk, application.id, Cancel(), watch, wait_s=words.wait)
    return {
        "application_no": after.number,
        "step": after.step.value,
        "identification_code": after.card.identification_code if after.card else "",
        "verified": all(line.state == "same" for line in lines) and bool(lines),
        "items": [{"name": line.name, "state": line.state} for line in lines],
    }


VERBS = (Verb("card write", "write the card of an approved application", run, arguments, store=True),)
