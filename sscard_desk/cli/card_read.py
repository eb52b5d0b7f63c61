"""`card read`."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from sscard_desk.cli.card_trace import add_trace, traced
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.cards.file_reading import FileReading
    from sscard_desk.cards.profile import CardProfile
    from sscard_desk.ports.keys import KeyHolder
    from sscard_desk.usecases.read_card import CardReading, Extent


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card read`."""
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")
    parser.add_argument(
        "--format", choices=["object", "sscard"], default="object", help="sscard: one line as iReadCardBas gives it"
    )
    parser.add_argument("--account", help="who signs in, where keys are asked for that somebody else holds")
    parser.add_argument("--password-fd", type=int, help="file descriptor that the password is read from")
    parser.add_argument("--reason", default="", help="why the card is read, for whoever holds the keys")
    add_trace(parser)
    parser.add_argument("--address", default="", metavar="FILES", help="files and tags as iReadCard takes them")


def run(words: argparse.Namespace) -> Result:
    """Read EF05, EF06 and the profile's further files as far as the card gives them."""
    from sscard_desk.bootstrap.card_profiles import profile_of
    from sscard_desk.bootstrap.devices import make_card_reader
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.cards.sscard_text import AddressWrong, basic_text, values_text
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.ports.keys import KeyAct, KeyUse
    from sscard_desk.usecases.read_card import BASIC, WHOLE, read_social_card

    if words.reason and not words.account:
        raise UsageWrong(reason="--reason needs --account")
    folder = data_folder()
    settings = traced(load_settings(folder), words)
    profile = profile_of(settings)
    as_text = words.format == "sscard"
    extent = _chosen(words.address) if words.address else BASIC if as_text else WHOLE
    reader = make_card_reader(settings, folder)
    try:
        with _keys(words, profile) as keys:
            use = KeyUse(KeyAct.READ, reason=words.reason)
            reading = read_social_card(reader, profile, keys, Cancel(), words.wait, extent=extent, use=use)
    except AddressWrong as wrong:
        raise UsageWrong(reason=f"--address: {wrong.part}") from None
    finally:
        reader.close()
    if as_text:
        return {"sscard": values_text(reading.files) if words.address else basic_text(reading.identity, reading.holder)}
    return _object(reading)


@contextmanager
def _keys(words: argparse.Namespace, profile: "CardProfile") -> "Iterator[KeyHolder | None]":
    """Give the desk's own holder to who signs in, the training keys in a training folder, and none else."""
    from sscard_desk.bootstrap.keys_without_account import keys_without_account
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.cli.sign_in import signed_in

    if not words.account:
        yield keys_without_account(profile, data_folder())
        return
    with signed_in(words) as desk:
        yield desk.counter().keys


def _chosen(address: str) -> "Extent":
    from sscard_desk.cards.sscard_text import parse_address
    from sscard_desk.usecases.read_card import Extent

    return Extent(chosen=lambda layout: parse_address(address, layout))


def _object(reading: "CardReading") -> Result:
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
        "reader": reading.reader,
        "interface": "contactless" if reading.contactless else "contact",
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
        "files": [_file(file) for file in reading.files],
        "bank_card_number": reading.bank_card_number,
        "no_key": reading.no_key.code if reading.no_key else None,
        "apdus": reading.apdus,
    }


def _file(reading: "FileReading") -> dict[str, object]:
    return {
        "file": reading.file.address,
        "status_word": None if reading.refused is None else f"{reading.refused:04X}",
        "items": [
            {"tag": one.item.tag_hex, "name": one.item.name, "text": one.text, "damaged": one.damaged}
            for one in reading.items
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


VERBS = (Verb("card read", "read the social security card in the reader", run, arguments),)
