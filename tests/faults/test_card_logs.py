"""What a run with cards leaves in words: no key, no PIN, no name and no number, whatever broke."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.store.opening import open_desk
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from tests.faults.talkative_card import WRONG_KEY, WRONG_PIN
from tests.machines.approved_desk import approved_desk
from tests.machines.pcsc import CardTable, table, tables, training_profile
from tests.machines.training_desk import KEY

__all__ = ["table", "tables"]
pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

FAULTS = (
    Fault(FaultKind.PULL_BEFORE, 4),
    Fault(FaultKind.PULL_HALF, 3, Instruction.UPDATE_RECORD),
    Fault(FaultKind.HANG, 6, Instruction.UPDATE_RECORD),
    Fault(FaultKind.PULL_AFTER, 9, Instruction.UPDATE_RECORD),
)
HANGS_S = 3.0
LONG = 8
"""Shorter byte strings stand in encrypted files by chance."""
TOLD = ("E308", "E304", "E307", "E217", "Traceback")


@dataclass(frozen=True)
class Secret:
    """Something that no log may hold, in the forms in which it could stand there."""

    name: str
    raw: bytes

    def found_in(self, content: bytes) -> bool:
        digits = self.raw.hex()
        spaced = " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        listed = ", ".join(str(each) for each in self.raw)
        escaped = repr(self.raw)[2:-1]
        forms = (digits, digits.upper(), spaced, spaced.upper(), listed, escaped)
        return self.raw in content or any(form.encode() in content for form in forms)


@dataclass(frozen=True)
class Run:
    """What was said, what lies in the data folder, and what may stand in neither."""

    said: bytes
    files: dict[str, bytes]
    secrets: tuple[Secret, ...]


@pytest.fixture
def run(table: CardTable, tmp_path: Path) -> Run:
    folder, memory = tmp_path / "desk", blank_card(training_point().blanks[0].identification_code)
    application = approved_desk(folder, blanks=2)
    card = table.card(memory, *FAULTS)
    heard = tmp_path / "heard"
    command = [sys.executable, "-X", "dev", "-m", "tests.faults.talkative_card", folder, application, table.slot.reader]
    with heard.open("wb") as words, subprocess.Popen(command, stdout=words, stderr=words) as program:
        heard_of, since = 0, time.monotonic()
        while program.poll() is None:
            if len(card.commands) != heard_of:
                heard_of, since = len(card.commands), time.monotonic()
            if card.wait_pulled(0.05) or time.monotonic() - since > HANGS_S:
                card.insert()  # takes it out first
                since = time.monotonic()
    assert program.returncode == 0, heard.read_text(encoding="utf-8")
    assert written(memory)
    store = open_desk(folder, KEY)
    person = store.application(application)
    store.close()
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    keys = {f"key {number:02X}": key for number, key in training_profile().training_keys.items()}
    texts = {"number": person.id_number, "name": person.answers["name"]}
    secrets = (
        *(Secret(name, key) for name, key in {**keys, "wrong key": WRONG_KEY, "PIN": WRONG_PIN}.items()),
        *(Secret(name, text.encode(code)) for name, text in texts.items() for code in ("utf-8", "gbk")),
        Secret("packed PIN", bytes.fromhex(WRONG_PIN.decode())),
        Secret("database key", KEY),
    )
    return Run(heard.read_bytes(), files, secrets)


def test_a_run_through_every_trouble_tells_it_and_no_secret(run: Run) -> None:
    for word in TOLD:
        assert word.encode() in run.said, word
    assert [secret.name for secret in run.secrets if secret.found_in(run.said)] == []
    long = [secret for secret in run.secrets if len(secret.raw) >= LONG]
    assert [(secret.name, file) for secret in long for file in run.files if secret.found_in(run.files[file])] == []
    assert len(run.files) >= 1


def test_the_search_finds_what_was_said_in_any_form() -> None:
    secret = Secret("key", WRONG_KEY)
    said = (WRONG_KEY, WRONG_KEY.hex().encode(), str(list(WRONG_KEY)).encode(), repr(WRONG_KEY).encode())
    assert all(secret.found_in(b"before " + each + b" after") for each in said)
    assert not secret.found_in(WRONG_KEY[:-1])
