"""`card read` and `card write`."""

import argparse
from datetime import date

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb


def read_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card read`."""
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")


def read(words: argparse.Namespace) -> Result:
    """Read EF05, and EF06 where no key is asked for."""
    from sscard_desk.bootstrap.card_profiles import profile_of
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.devices.card_reader.pcsc import PcscCardReader
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.read_card import read_social_card

    settings = load_settings(data_folder())
    profile = profile_of(settings)
    reading = read_social_card(PcscCardReader(settings.card_reader.name), profile, None, Cancel(), words.wait)
    public, holder = reading.identity.public, reading.holder
    return {
        "identification_code": public.identification_code,
        "card_class": public.card_class,
        "spec_version": public.spec_version,
        "init_institution": public.init_institution,
        "issue_date": _day(public.issue_date),
        "valid_until": _day(public.valid_until),
        "card_number": public.card_number,
        "card_number_doubtful": public.card_number_doubtful,
        "region": reading.identity.region,
        "historical": reading.identity.historical.hex().upper(),
        "algorithm": reading.identity.algorithm.name.lower() if reading.identity.algorithm else None,
        "blank": reading.blank,
        "holder": holder
        and {
            "social_security_number": holder.social_security_number,
            "name": holder.name,
            "sex": holder.sex,
            "ethnic": holder.ethnic,
            "birthplace": holder.birthplace,
            "birth_date": _day(holder.birth_date),
        },
        "apdus": reading.apdus,
    }


def write_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card write`."""
    parser.add_argument("application", help="the application number")
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")


def write(words: argparse.Namespace) -> Result:
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


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


VERBS = (
    Verb("card read", "read the social security card in the reader", read, read_arguments),
    Verb("card write", "write the card of an approved application", write, write_arguments, store=True),
)
