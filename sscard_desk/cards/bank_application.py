"""The debit and credit application beside the social security one: its card number (PBOC 3.0, JR/T 0025; A.2).

Reading it leaves SSSE: whoever goes on there selects it again.
"""

from typing import Final

from sscard_desk.cards import tlv
from sscard_desk.cards.iso7816 import Instruction, Transmit, select_name
from sscard_desk.cards.status_words import StatusWord

PAYMENT_SYSTEM: Final = b"1PAY.SYS.DDF01"
"""The directory of a card's payment applications (PSE)."""

DEBIT: Final = bytes.fromhex("A000000333010101")
CREDIT: Final = bytes.fromhex("A000000333010102")

_SFI_OF_DIRECTORY: Final = 0x88
_APPLICATION: Final = 0x4F
_CARD_NUMBER: Final = 0x5A
_TRACK_2: Final = 0x57
_RECORDS: Final = 4
_FILES: Final = (1, 2, 3, 4)
_SEPARATOR: Final = "D"
_SHORTEST: Final = 12
_LONGEST: Final = 19


def has_payment(transmit: Transmit) -> bool:
    """Return whether the card has a payment system's directory, or the debit or credit application."""
    names = (PAYMENT_SYSTEM, DEBIT, CREDIT)
    return any(select_name(transmit, name)[1] == StatusWord.SUCCESS for name in names)


def read_bank_card_number(transmit: Transmit) -> str:
    """Return the bank card number; empty where the card has no such application or does not give its number.

    The applications are those that the payment system's directory names, and debit and credit where it names none.
    """
    for application in (*_directory(transmit), DEBIT, CREDIT):
        if select_name(transmit, application)[1] != StatusWord.SUCCESS:
            continue
        for sfi in _FILES:
            for record in _records(transmit, sfi):
                number = _number(record)
                if number:
                    return number
    return ""


def _directory(transmit: Transmit) -> list[bytes]:
    file_control, status_word = select_name(transmit, PAYMENT_SYSTEM)
    if status_word != StatusWord.SUCCESS:
        return []
    sfi = _find(file_control, _SFI_OF_DIRECTORY) or b"\x01"
    return [name for record in _records(transmit, sfi[-1]) if (name := _find(record, _APPLICATION))]


def _records(transmit: Transmit, sfi: int) -> list[bytes]:
    found = []
    for number in range(1, _RECORDS + 1):
        data, status_word = transmit(bytes((0x00, Instruction.READ_RECORD, number, sfi << 3 | 0x04, 0x00)))
        if status_word != StatusWord.SUCCESS:
            break
        found.append(data)
    return found


def _number(record: bytes) -> str:
    number = (_find(record, _CARD_NUMBER) or b"").hex().upper().rstrip("F")
    if not number:
        number = (_find(record, _TRACK_2) or b"").hex().upper().partition(_SEPARATOR)[0]
    return number if number.isdecimal() and _SHORTEST <= len(number) <= _LONGEST else ""


def _find(data: bytes, tag: int) -> bytes | None:
    try:
        return tlv.find(data, tag)
    except tlv.MalformedTlv:
        return None
