"""What the standard's reader library says and hears as text (LD/T 33-2015; domain reference A.12).

`iReadCardBas` gives eleven fields, each followed by `|`. `iReadCard` is told files and tags in an address string,
`SSSEEF05|06|07|$DF01EF05|21|$`, and answers file by file in the same form with values in place of tags.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sscard_desk.cards.card_file import CardFile, FileKind
from sscard_desk.cards.file_layout import FileLayout
from sscard_desk.cards.file_reading import FileReading
from sscard_desk.cards.holder import CardHolder
from sscard_desk.cards.identity import CardIdentity
from sscard_desk.cards.items import Item

FIELD_END = "|"
FILE_END = "$"


class AddressWrong(ValueError):
    """An address string that names no file or item. `part` is the piece that is wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def basic_text(
    identity: CardIdentity, holder: CardHolder | None, *, terminal_no: str = "", terminal_device: str = ""
) -> str:
    """Return the eleven fields of `iReadCardBas`; what the card or the terminal does not say is empty.

    They are: region, social security number, card number, card identification code, name, historical bytes,
    specification version, issue date, valid until, terminal number, terminal device number.
    """
    public = identity.public
    fields = (
        identity.region,
        holder.social_security_number if holder else "",
        public.card_number,
        public.identification_code,
        holder.name if holder else "",
        identity.historical.hex().upper(),
        public.spec_version,
        _day(public.issue_date),
        _day(public.valid_until),
        terminal_no,
        terminal_device,
    )
    return "".join(field + FIELD_END for field in fields)


def parse_address(text: str, layout: FileLayout) -> tuple[tuple[CardFile, tuple[Item, ...]], ...]:
    """Return the files and items that an address string names, in its order.

    Args:
        text: for example `SSSEEF05|06|07|$DF01EF05|21|$`; `MF` and `3F00` stand for SSSE, as some programs write.
        layout: the card's files.

    Raises:
        AddressWrong: no such file or item, or a file that is not made of items.
    """
    found = []
    for part in text.split(FILE_END):
        if not part:
            continue
        name, *tags = part.rstrip(FIELD_END).split(FIELD_END)
        file = layout.find(_canonical(name))
        if file is None or file.kind is not FileKind.VARIABLE or not tags:
            raise AddressWrong(part)
        found.append((file, tuple(_item(file, tag) for tag in tags)))
    if not found:
        raise AddressWrong(text)
    return tuple(found)


def address(wanted: Iterable[tuple[CardFile, Sequence[Item]]]) -> str:
    """Return the address string of files and items."""
    return "".join(_part(file.address, [item.tag_hex for item in items]) for file, items in wanted)


def values_text(readings: Iterable[FileReading]) -> str:
    """Return what was read in the form of the address string, with values in place of tags."""
    return "".join(_part(reading.file.address, [one.text for one in reading.items]) for reading in readings)


def one_value(text: str, file: CardFile) -> str:
    """Return the single value of an answer of `iReadCard`; some libraries repeat the file's name before it."""
    return text.rstrip(FILE_END).removeprefix(file.address + FIELD_END).removesuffix(FIELD_END)


def _part(name: str, fields: Iterable[str]) -> str:
    return "".join(field + FIELD_END for field in (name, *fields)) + FILE_END


def _canonical(name: str) -> str:
    for other in ("MF", "3F00"):
        if name.startswith(other):
            return "SSSE" + name.removeprefix(other)
    return name


def _item(file: CardFile, tag: str) -> Item:
    for item in file.items:
        if item.tag_hex == tag.upper():
            return item
    raise AddressWrong(f"{file.address}{FIELD_END}{tag}")


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
