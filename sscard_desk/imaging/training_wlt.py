"""The training chip's picture: 1,024 bytes as on a card, in a format of our own, and their decoder as a child's room.

No open coder of WLT is known, so this is a model of what a vendor's library does (1,024 bytes in, 102 x 126 px out,
in a process of its own) and not of the format: a mark, two bytes of length, a WebP picture, zeros. Genuine data do not
carry the mark and are refused.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.child_process.child import Refusal
from sscard_desk.imaging.cutting import cut_picture
from sscard_desk.imaging.measures import find_sitter
from sscard_desk.imaging.rules import load_rules

WLT_BYTES: Final = 1024
MARK: Final = b"SSTRAIN1"
WIDTH: Final = 102
HEIGHT: Final = 126
_LENGTH: Final = 2
_ROOM: Final = WLT_BYTES - len(MARK) - _LENGTH
_BEST: Final = 60


def encode(picture: NDArray[np.uint8]) -> bytes:
    """Return the 1,024 bytes of a training chip for a picture of one person.

    Args:
        picture: uint8, height x width x 3, BGR.

    Raises:
        ValueError: nobody is in it, or it does not fit at any quality.
    """
    rules = load_rules().placement
    sitter = find_sitter(picture, rules)
    if sitter is None:
        raise ValueError("nobody is in the picture")
    portrait = cut_picture(picture, sitter.cut, rules.width, rules.height)
    small = cv2.resize(portrait, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    for quality in range(_BEST, 0, -1):
        done, coded = cv2.imencode(".webp", small, [cv2.IMWRITE_WEBP_QUALITY, quality])
        if done and len(coded) <= _ROOM:
            body = MARK + len(coded).to_bytes(_LENGTH, "big") + coded.tobytes()
            return body.ljust(WLT_BYTES, b"\0")
    raise ValueError("the picture does not fit")


def decode(wlt: bytes) -> NDArray[np.uint8]:
    """Return the picture, uint8, 126 x 102 x 3, BGR.

    Raises:
        Refusal: not the data of a training chip.
    """
    start = len(MARK) + _LENGTH
    length = int.from_bytes(wlt[len(MARK) : start], "big")
    if len(wlt) != WLT_BYTES or not wlt.startswith(MARK) or not 0 < length <= _ROOM:
        raise Refusal("foreign")
    picture = cv2.imdecode(np.frombuffer(wlt[start : start + length], np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.shape != (HEIGHT, WIDTH, 3):
        raise Refusal("damaged")
    return np.asarray(picture, np.uint8)


def answer(request: bytes) -> bytes:
    """Answer the desk: BGR from the top row, without padding."""
    return decode(request).tobytes()
