"""`card read`."""

import argparse
from datetime import date

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card read`."""
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")


def run(words: argparse.Namespace) -> Result:
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


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


VERBS = (Verb("card read", "read the social security card in the reader", run, arguments),)
