"""What a run with keys of the centre leaves behind: no key, PIN, name or number in logs, traces and files."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sscard_desk.cards.pin import Pin
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.trace import CardTrace
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import KeyAct, KeyUse
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.usecases.card_pin import card_for_pin
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.read_card import WHOLE, read_social_card
from sscard_desk.usecases.write_card import write_card
from tests.faults.test_card_logs import Secret
from tests.machines.card_centre import PLACES, CardCentre, card_centre
from tests.machines.key_places import PASSPHRASE
from tests.machines.key_places import PIN as TOKEN_PIN
from tests.machines.pcsc import CardTable, sm4_profile, table, tables, training_profile
from tests.machines.training_desk import KEY as DATABASE_KEY

__all__ = ["table", "tables"]
pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

NEW_PIN = b"902746"
TALKATIVE = (
    "import logging, sys; logging.basicConfig(level=logging.DEBUG, stream=sys.stderr); "
    "logging.getLogger('talkative').debug('all is said'); "
    "from sscard_desk.cli.run import run; sys.exit(run(sys.argv[1:]))"
)


@dataclass
class Run:
    """What was said on both sides, the trace, and the files of both."""

    said: str
    trace: str
    files: dict[str, bytes]
    of_keys: list[Secret]
    of_person: list[Secret]
    card: bytes


class Centre:
    """The centre as a program that logs all it can."""

    def __init__(self, both: CardCentre, heard: Path) -> None:
        self._both, self._heard = both, heard
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        serving = ("central", "serve", "--json")
        with self._heard.open("a", encoding="utf-8") as words:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "dev", "-c", TALKATIVE, *serving, "--folder", self._both.counter.folder],
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
                env=os.environ,
            )
        assert self._process.stdout is not None
        url = json.loads(self._process.stdout.readline())["url"]
        self._both.store.set_setting("centre_url", url.encode())

    def kill(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def all_logs() -> Iterator[io.StringIO]:
    heard, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(heard), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


@pytest.fixture(params=PLACES)
def run(request: pytest.FixtureRequest, tmp_path: Path, table: CardTable) -> Run:
    trace, heard = tmp_path / "trace", tmp_path / "heard"
    memory = blank_card(training_point().blanks[0].identification_code, "3.00")
    with all_logs() as logs, card_centre(tmp_path, request.param) as both:
        both.counter.stop()
        centre = Centre(both, heard)
        centre.start()
        reader = PcscCardReader(table.slot.reader, trace=CardTrace(trace))
        try:
            table.card(memory)
            serve(both, reader, centre, logs)
            folder = tmp_path / "desk"
            files = {
                str(path.relative_to(tmp_path)): path.read_bytes()
                for top in (folder, both.counter.folder)
                for path in top.rglob("*")
                if path.is_file()
            }
        finally:
            reader.close()
            centre.kill()
        assert written(memory)
        said = heard.read_text(encoding="utf-8")  # the centre's were as well, by any of its event loops
        assert "uvicorn" in said
        assert "all is said" in said
        person = both.now()
    profiles = (training_profile(), sm4_profile())
    keys = [Secret("key", key) for profile in profiles for key in profile.training_keys.values()]
    words = {"passphrase": PASSPHRASE, "token PIN": TOKEN_PIN.encode(), "database key": DATABASE_KEY, "PIN": NEW_PIN}
    personal = [
        Secret(name, text.encode(code))
        for name, text in (("number", person.id_number), ("name", person.answers["name"]))
        for code in ("utf-8", "gbk")
    ]
    return Run(
        logs.getvalue() + heard.read_text(encoding="utf-8"),
        trace.read_text(encoding="utf-8"),
        files,
        keys + [Secret(name, word) for name, word in words.items()] + [Secret("packed PIN", bytes.fromhex("902746"))],
        personal,
        bytes.fromhex(training_point().blanks[0].identification_code),
    )


def serve(both: CardCentre, reader: PcscCardReader, centre: Centre, logs: io.StringIO) -> None:
    """Write the card, give its PIN back and read it, with the centre away in between; tell each trouble whole."""
    told = KeyUse(KeyAct.READ, reason="the holder asks")
    pins = PinDesk(both.store, both.clerk, reader, both.keys(), training_profile())

    def reset() -> None:
        with card_for_pin(pins, Cancel(), 10) as card:
            card.reset(Pin(NEW_PIN), "forgotten")

    def write() -> None:
        write_card(both.desk(reader), both.application, Cancel(), lambda _: None, wait_s=10)

    centre.kill()
    acts: tuple[Callable[[], object], ...] = (write, reset)
    for act in acts:
        try:
            act()
        except DeskError as trouble:
            logs.write(repr(trouble) + "".join(traceback.format_exception(trouble)))
    centre.start()
    write()
    assert both.now().step is Step.CARD_WRITTEN
    reset()
    reading = read_social_card(reader, training_profile(), both.keys(), Cancel(), 10, extent=WHOLE, use=told)
    assert reading.holder is not None
    logs.write(f"{both.keys()!r} {pins!r}")


def test_neither_side_says_a_secret_and_no_file_holds_one(run: Run) -> None:
    assert "E439" in run.said
    assert "POST" in run.said  # the logs were listened to
    for secret in (*run.of_keys, *run.of_person):
        assert not secret.found_in(run.said.encode()), secret.name
    long = [secret for secret in run.of_keys if len(secret.raw) >= 8]
    assert [(secret.name, file) for secret in long for file in run.files if secret.found_in(run.files[file])] == []
    assert any("card_keys" in file for file in run.files)


def test_the_trace_has_every_command_and_no_secret(run: Run) -> None:
    lines = run.trace.splitlines()
    assert sum(" > " in line for line in lines) > 47
    assert sum("> 00 DC" in line for line in lines) >= 10
    assert sum("> 00 82" in line for line in lines) >= 3
    assert sum("> 84 D4" in line for line in lines) == 1
    assert all("<" in line for line in lines if "> 00 82" in line)
    bare = run.trace.replace(" ", "").encode()
    for secret in (*run.of_keys, *run.of_person, Secret("identification code", run.card)):
        assert not secret.found_in(run.trace.encode()), secret.name
        if len(secret.raw) > 3:
            assert secret.raw.hex().upper().encode() not in bare, secret.name


def test_a_trace_is_its_owners_alone_and_a_place_without_room_stops_no_card(tmp_path: Path, table: CardTable) -> None:
    table.card(blank_card())
    kept = tmp_path / "trace"
    for path in (kept, tmp_path / "no folder" / "trace"):
        reader = PcscCardReader(table.slot.reader, trace=CardTrace(path))
        try:
            assert read_social_card(reader, training_profile(), None, Cancel(), 10).identity.public.spec_version
        finally:
            reader.close()
    assert kept.stat().st_mode & 0o777 == 0o600
