"""`doctor`: ask every device and the data folder how they are, without signing in."""

import argparse
import sqlite3

from sscard_desk.cli.verb import Result, Verb


def run(_words: argparse.Namespace) -> Result:
    """Probe every configured device; nothing is changed."""
    from sscard_desk import __version__
    from sscard_desk.bootstrap.devices import make_devices
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.domain.errors.store import DatabaseDamaged, NotSetUp
    from sscard_desk.store.facts import read_facts
    from sscard_desk.texts import ENGLISH, Catalogue, describe

    folder = data_folder()
    devices = make_devices(load_settings(folder), folder)
    probed = {
        "id_reader": devices.id_reader.probe(),
        "card_reader": devices.card_reader.probe(),
        "camera": devices.camera.probe(),
        "printer": devices.printer.probe(),
        "scanner": devices.scanner.probe(),
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
    desk: dict[str, object] | None = None
    desk_trouble: str | None = None
    try:
        facts = read_facts(folder)
        desk = {"desk": facts.desk, "training": facts.training}
    except (NotSetUp, DatabaseDamaged) as trouble:
        desk_trouble = trouble.code  # a report on the devices is wanted most where the folder is not well
    return {
        "version": __version__,
        "desk": desk,
        "desk_trouble": desk_trouble,
        "devices": rows,
        "interpreter_sqlite": sqlite3.sqlite_version,
    }


VERBS = (Verb("doctor", "say how every device and the data folder are", run),)
