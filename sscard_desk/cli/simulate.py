"""`simulate id-reader | card | psam | camera | scanner`: a model behind its real interface, until stopped."""

import argparse
import json
import signal
import threading
from dataclasses import replace
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb
from sscard_desk.cli.with_parent import add_word, end_with_parent
from sscard_desk.domain.errors.operator import UsageWrong
from sscard_desk.ports.devices import Cancel


def id_reader_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `simulate id-reader`."""
    add_word(parser)
    parser.add_argument("--transport", choices=["pty", "tcp"], default="", help="pty where there is one, else tcp")
    parser.add_argument("--port", type=int, default=0, help="port on loopback for tcp")
    parser.add_argument("--first", type=int, default=0, help="which synthetic person comes first")
    parser.add_argument("--count", type=int, default=200, help="how many persons lay their cards")
    parser.add_argument("--rest", type=float, default=2.0, help="seconds that the reader lies empty in between")


def id_reader(words: argparse.Namespace) -> Result:
    """Serve a SAM-V reader on a serial line; one synthetic person's card after another."""
    from sscard_desk.devices.id_reader.simulated import run
    from sscard_desk.training.id_cards import id_card_of, moved_card_of
    from sscard_desk.training.persons import persons
    from sscard_desk.training.photos import training_wlt

    wlt = training_wlt()
    everybody = list(persons(words.first + words.count))[words.first :]
    stop = _until_stopped()
    end_with_parent(words)
    run(
        _tell,
        # every second one moved since the register was written
        (
            replace(id_card_of(person) if at % 2 else moved_card_of(person), photo_wlt=wlt)
            for at, person in enumerate(everybody)
        ),
        stop,
        transport=words.transport,
        tcp_port=words.port,
        rest_s=words.rest,
    )
    return {}


def card_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `simulate card`."""
    add_word(parser)
    parser.add_argument("--port", type=int, default=35963, help="where vpcd listens for the slot")
    parser.add_argument("--host", default="127.0.0.1", help="likewise")
    parser.add_argument("--state", type=Path, help="file that keeps the card between runs")
    parser.add_argument("--code", default="", help="identification code of a new card")
    parser.add_argument("--spec-version", default="2.00", help="specification version of a new card")
    parser.add_argument("--profile", default="training", help="card profile whose keys the card has")
    parser.add_argument("--stock", type=Path, help="folder of cards: the training stock, one after another")
    parser.add_argument("--rest", type=float, default=8.0, help="quiet seconds that a written card of the stock stays")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="WHAT@N", help="half@31, hang@2:record and so on"
    )
    parser.add_argument("--baud", type=int, default=0, help="as slow as a real card's line: 9600 or 115200")
    parser.add_argument("--command-ms", type=float, default=0.0, help="what the card takes for a command besides")
    parser.add_argument("--store-ms", type=float, default=0.0, help="what its memory takes for a record besides")


def card(words: argparse.Namespace) -> Result:
    """Keep a virtual social security card in a vpcd reader."""
    from sscard_desk.cards.profile_file import load_profile
    from sscard_desk.devices.card_reader.card_faults import LineSpeed, parse_fault
    from sscard_desk.devices.card_reader.simulated import run
    from sscard_desk.resources import resource
    from sscard_desk.training.card_tray import serve_stock

    try:
        faults = [parse_fault(text) for text in words.fault]
    except ValueError as wrong:
        raise UsageWrong(reason=f"--fault {wrong}") from None
    speed = LineSpeed(words.baud, words.command_ms / 1000, words.store_ms / 1000) if words.baud > 0 else None
    profile = load_profile(resource("card_profiles", f"{words.profile}.toml"))
    stop = _until_stopped()
    end_with_parent(words)

    def tell(change: str) -> None:
        state, _, place = change.partition(" ")
        _tell({"device": "card", "state": state, "vpcd": place})

    if words.stock:
        serve_stock(profile, words.stock, stop, tell, port=words.port, host=words.host, rest_s=words.rest)
    else:
        run(
            profile,
            stop,
            tell,
            port=words.port,
            host=words.host,
            state=words.state,
            identification_code=words.code,
            spec_version=words.spec_version,
            faults=faults,
            speed=speed,
        )
    return {}


def psam_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `simulate psam`."""
    add_word(parser)
    parser.add_argument("--port", type=int, required=True, help="where vpcd listens for the slot")
    parser.add_argument("--host", default="127.0.0.1", help="likewise")
    parser.add_argument("--fault", choices=["none", "algorithm", "key", "level"], default="none", help="what is wrong")


def psam(words: argparse.Namespace) -> Result:
    """Keep a virtual PSAM with the training keys in a vpcd reader."""
    from sscard_desk.cards.profile_file import load_profile
    from sscard_desk.devices.card_reader.simulated import keep_in
    from sscard_desk.devices.card_reader.virtual_psam import PsamFault, VirtualPsam
    from sscard_desk.resources import resource

    chip = VirtualPsam(load_profile(resource("card_profiles", "training.toml")), PsamFault(words.fault))
    stop = _until_stopped()
    end_with_parent(words)

    def tell(change: str) -> None:
        state, _, place = change.partition(" ")
        _tell({"device": "psam", "state": state, "vpcd": place})

    keep_in(chip, stop, tell, port=words.port, host=words.host)
    return {}


def camera_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `simulate camera`."""
    add_word(parser)
    parser.add_argument("--port", type=int, default=0, help="port on loopback; 0 takes a free one")
    parser.add_argument(
        "--scene",
        choices=["person", "tilted", "blurred", "dark", "empty", "two", "silent", "frozen", "unreadable"],
        default="person",
        help="what stands before it, or what is wrong with it",
    )


def camera(words: argparse.Namespace) -> Result:
    """Serve the training picture as an MJPEG stream on loopback."""
    from sscard_desk.devices.camera.simulated import Scene, run

    stop, cancel = _until_stopped(), Cancel()
    end_with_parent(words)

    def pass_on() -> None:
        stop.wait()
        cancel.set()

    threading.Thread(target=pass_on, daemon=True).start()
    run(lambda url: _tell({"device": "camera", "source": url}), cancel, words.port, Scene(words.scene))
    return {}


def scanner_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `simulate scanner`."""
    add_word(parser)
    parser.add_argument("--port", type=int, default=0, help="port on loopback; 0 takes a free one")
    parser.add_argument("--first", type=int, default=0, help="whose papers come first")
    parser.add_argument("--feeder", nargs="*", default=[], metavar="PAPER", help="sides in the feeder, two a sheet")
    parser.add_argument("--seconds", type=float, default=2.0, help="what a page takes")


def scanner(words: argparse.Namespace) -> Result:
    """Serve a network scanner (eSCL) on loopback, on whose glass synthetic persons lay their papers."""
    from sscard_desk.devices.scanner.simulated import run
    from sscard_desk.training.scanner_tray import NAMES, model

    if not set(words.feeder) <= set(NAMES):
        raise UsageWrong(reason="--feeder " + " | ".join(NAMES))
    stop, cancel = _until_stopped(), Cancel()
    end_with_parent(words)

    def pass_on() -> None:
        stop.wait()
        cancel.set()

    threading.Thread(target=pass_on, daemon=True).start()
    device = model(words.first, words.feeder)
    run(lambda url: _tell({"device": "scanner", "escl": url}), cancel, device, words.port, words.seconds)
    return {}


def _tell(said: dict[str, str]) -> None:
    print(json.dumps(said, ensure_ascii=False), flush=True)


def _until_stopped() -> threading.Event:
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: stop.set())
    return stop


VERBS = (
    Verb("simulate id-reader", "a SAM-V id card reader on a serial line", id_reader, id_reader_arguments),
    Verb("simulate card", "a social security card in a vpcd reader", card, card_arguments),
    Verb("simulate psam", "a PSAM with the training keys in a vpcd reader", psam, psam_arguments),
    Verb("simulate scanner", "a network scanner (eSCL) on loopback", scanner, scanner_arguments),
    Verb("simulate camera", "a camera as an MJPEG stream on loopback", camera, camera_arguments),
)
