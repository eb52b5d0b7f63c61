"""Chinese text as the card's chip holds it: GBK, padded with 00 (domain reference A.3, A.5)."""

import unicodedata
from typing import Final

from sscard_desk.domain.errors.operator import CharacterNotOnCard, NameTooLongForCard

MIDDLE_DOTS: Final = "\u00b7\u2022\u30fb\u2027"
"""The marks that keyboards, registers and id cards put between the parts of a minority name."""

_DOT: Final = b"\xa1\xa4"
_PADDING: Final = b"\x00 "


def encode_characters(text: str) -> list[bytes]:
    """Return the GBK bytes of each character; every middle dot becomes A1A4.

    Raises:
        CharacterNotOnCard: GBK does not have one of them, or it is a control character.
    """
    coded = []
    for position, character in enumerate(text, start=1):
        if character in MIDDLE_DOTS:
            coded.append(_DOT)
            continue
        if _is_control(character):
            # 00 would end the name, and no register means any other control character
            raise CharacterNotOnCard(position=position)
        try:
            coded.append(character.encode("gbk"))
        except UnicodeEncodeError:
            # from None: the first error quotes the character, which belongs to somebody's name
            raise CharacterNotOnCard(position=position) from None
    return coded


def decode_text(data: bytes) -> str:
    """Return the text without its padding; A1A4 becomes U+00B7.

    Raises:
        ValueError: these bytes are no GBK, or hold a control character.
    """
    try:
        text = data.rstrip(_PADDING).decode("gbk").replace("\u30fb", "\u00b7")
    except UnicodeDecodeError:
        # from None: the first error carries the bytes
        raise ValueError("not GBK") from None
    if any(map(_is_control, text)):
        raise ValueError("control character")
    return text


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


def split_name(name: str, first: int, extension: int) -> tuple[bytes, bytes]:
    """Divide a name between 姓名 and 姓名扩展 without cutting a character in two.

    Args:
        name: the cardholder's name.
        first: bytes that 姓名 (09) holds.
        extension: bytes that 姓名扩展 (4E) holds, 0 on cards without it.

    Raises:
        CharacterNotOnCard: GBK does not have one of the characters.
        NameTooLongForCard: the name does not fit.
    """
    coded = encode_characters(name)
    kept = b""
    while coded and len(kept) + len(coded[0]) <= first:
        kept += coded.pop(0)
    rest = b"".join(coded)
    if len(rest) > extension:
        raise NameTooLongForCard(have=first + extension, need=len(kept) + len(rest))
    return kept, rest
