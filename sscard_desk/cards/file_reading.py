"""Reading whole files of the card item by item, as far as the card gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.cards.card_file import SSSE, CardFile
from sscard_desk.cards.identity import read_item
from sscard_desk.cards.iso7816 import Transmit, select_application, select_ef
from sscard_desk.cards.items import Item
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.errors.device import CardItemDamaged, CardRefused

_LOCKED: Final = frozenset({StatusWord.SECURITY_STATUS, StatusWord.CONDITIONS})


@dataclass(frozen=True)
class ItemReading:
    """One item as the card gave it.

    Attributes:
        item: which.
        text: what stands there; empty while blank or damaged.
        damaged: whether it breaks its format.
    """

    item: Item
    text: str = field(repr=False)
    damaged: bool = False


@dataclass(frozen=True)
class FileReading:
    """One file as the card gave it.

    Attributes:
        file: which.
        items: those that the card has, in the order asked for.
        refused: the status word that kept the file closed; None where it was read.
    """

    file: CardFile
    items: tuple[ItemReading, ...] = ()
    refused: int | None = None

    @property
    def locked(self) -> bool:
        """Whether a key or PIN was asked for."""
        return self.refused in _LOCKED


def read_files(
    transmit: Transmit, wanted: Sequence[tuple[CardFile, Sequence[Item]]], *, selected: str = SSSE
) -> tuple[FileReading, ...]:
    """Read items of several files; an application is selected when its first file comes up.

    Args:
        transmit: to the card, SSSE selected and opened as far as anybody can.
        wanted: files and items, those of one application side by side.
        selected: the application that is the current one already.

    Raises:
        CardRemoved, CardReaderSilent, CardServiceStopped: from the reader.
    """
    found = []
    for file, items in wanted:
        if file.application != selected:
            status_word = select_application(transmit, file.application)
            if status_word != StatusWord.SUCCESS:
                found.append(FileReading(file, refused=status_word))
                continue
            selected = file.application
        found.append(_read(transmit, file, items))
    return tuple(found)


def _read(transmit: Transmit, file: CardFile, items: Sequence[Item]) -> FileReading:
    readings = []
    try:
        select_ef(transmit, file.file_id)
        for item in items:
            try:
                readings.append(ItemReading(item, item.decode(read_item(transmit, item))))
            except CardItemDamaged:
                readings.append(ItemReading(item, "", damaged=True))
            except CardRefused as refusal:
                if refusal.status_word != StatusWord.RECORD_NOT_FOUND:
                    raise
    except CardRefused as refusal:
        return FileReading(file, tuple(readings), refusal.status_word)
    return FileReading(file, tuple(readings))
