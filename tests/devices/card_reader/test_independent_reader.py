"""An independent program reads a card that the desk wrote: the same bytes in every item."""

import re
import shutil
import subprocess

import pytest

from sscard_desk.cards import personalisation, ssse
from sscard_desk.cards.plan import plan
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.ports.devices import Cancel
from sscard_desk.usecases.read_card import read_social_card
from tests.machines.card_in_hand import CONTENT, opened
from tests.machines.pcsc import CardTable, table, tables, training_profile

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

PROFILE = training_profile()
_ANSWER = re.compile(r"Received \(SW1=0x(..), SW2=0x(..)\)(.*?)(?=Sending|\Z)", re.DOTALL)
_BYTES = re.compile(r"^((?:[0-9A-F]{2} )+)", re.MULTILINE)


def said(reader: str, apdus: list[str]) -> list[bytes]:
    """Return the data that opensc-tool (OpenSC) got for each command, all with 9000."""
    program = shutil.which("opensc-tool")
    assert program, "opensc is one of the system packages of the tests"
    sends = [word for apdu in apdus for word in ("-s", apdu)]
    done = subprocess.run([program, "-r", reader, *sends], capture_output=True, text=True, timeout=60, check=True)
    answers = _ANSWER.findall(done.stdout)
    assert [first + second for first, second, _ in answers] == ["90" + "00"] * len(apdus), done.stdout
    return [bytes.fromhex("".join(_BYTES.findall(rest))) for *_, rest in answers]


def test_opensc_tool_reads_the_same_bytes_from_a_written_card(table: CardTable) -> None:
    memory = blank_card()
    table.card(memory)
    with table.channel() as channel:
        opened(channel.transmit, channel.atr, PROFILE)
        personalisation.write(channel.transmit, plan(CONTENT, PROFILE, "2.00"))
    ours = read_social_card(table.reader, PROFILE, None, Cancel(), 5)
    select = f"00:A4:04:00:0F:{ssse.NAME.hex(':')}:00"
    for file in ssse.FILES.values():
        reads = [f"00:B2:{item.tag_hex}:00:{item.length + 2:02X}" for item in file.items]
        _, _, *records = said(table.slot.reader, [select, f"00:A4:02:00:02:EF:{file.name[2:]}", *reads])
        for item, record in zip(file.items, records, strict=True):
            assert record[:2] == bytes((item.tag, item.length))
            told = item.decode(record[2:])
            if item is ssse.HOLDER_NAME:
                assert ours.holder is not None
                assert ours.holder.name.startswith(told)
            if item is ssse.SOCIAL_SECURITY_NUMBER:
                assert ours.holder is not None
                assert told == ours.holder.social_security_number
            if item is ssse.CARD_NUMBER:
                assert told == ours.identity.public.card_number
            if item is ssse.IDENTIFICATION_CODE:
                assert told == ours.identity.public.identification_code
            assert record[2:] == (memory.files[file.file_id].records or {})[item.tag]
