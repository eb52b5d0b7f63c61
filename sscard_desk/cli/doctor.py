"""`doctor`: ask every device and the data folder how they are, without signing in."""

import argparse
import sqlite3

from sscard_desk.cli.verb import Result, Verb


def run(_words: argparse.Namespace) -> Result:
    """Probe every configured device; nothing is changed."""
    from sscard_desk import __version__
    from sscard_desk.bootstrap.devices import make_devices
    from sscard_desk.bootstrap.photo_sources import make_chip_decoder
    from sscard_desk.bootstrap.portrait_examiners import make_examiners, state_of
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.domain.errors.store import DatabaseDamaged, NotSetUp
    from sscard_desk.store.facts import read_facts
    from sscard_desk.texts import ENGLISH, Catalogue, describe

    folder = data_folder()
    settings = load_settings(folder)
    devices = make_devices(settings, folder)
    desk: dict[str, object] | None = None
    desk_trouble: str | None = None
    training = False
    try:
        facts = read_facts(folder)
        training = facts.training
        desk = {"desk": facts.desk, "training": training}
    except (NotSetUp, DatabaseDamaged) as trouble:
        desk_trouble = trouble.code  # a report on the devices is wanted most where the folder is not well
    probed = {
        "id_reader": devices.id_reader.probe(),
        "card_reader": devices.card_reader.probe(),
        "camera": devices.camera.probe(),
        "printer": devices.printer.probe(),
        "scanner": devices.scanner.probe(),
        "chip_photo": make_chip_decoder(settings.chip_photo, folder, training=training).probe(),
        "portrait_examiners": state_of(make_examiners(settings.portrait_examiners, folder)),
    }
    rows: dict[str, object] = {}
    for name, state in probed.items():
        problem = describe(state.trouble, Catalogue(ENGLISH)) if state.trouble else None
        rows[name] = {
            "health": state.health.value,
            "name": state.name,
            "code": problem.code if problem else None,
            "advice": problem.advice if problem else None,
            "facts": state.facts,
        }
    return {
        "version": __version__,
        "desk": desk,
        "desk_trouble": desk_trouble,
        "devices": rows,
        "interpreter_sqlite": sqlite3.sqlite_version,
    }


VERBS = (Verb("doctor", "say how every device and the data folder are", run),)
