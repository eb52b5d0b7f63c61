"""Reading a document by its printed words, where no source shows its places: temporary cards, foreigners' cards."""

import re
from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.id_scan import IdCardIllegible
from sscard_desk.domain.id_scan import IdScan, ScannedField, ScanVerdict, ScanWarning
from sscard_desk.forms.codes import table
from sscard_desk.imaging.faces import find_faces
from sscard_desk.imaging.id_scan import fields as judges
from sscard_desk.imaging.id_scan.pose import squeezed
from sscard_desk.imaging.id_scan.text_engine import Line, read_lines
from sscard_desk.imaging.id_scan.values import Rectangle, Value, values_of
from sscard_desk.imaging.id_scan.worded import WordedDocument, documents_titled
from sscard_desk.imaging.measures import LEAST_CERTAINTY
from sscard_desk.imaging.mesh import read_mesh

Picture = NDArray[np.uint8]
LONGEST_PX: Final = 1600
"""Longest side in which the document is read: about 18 px/mm where it fills the picture."""
FACE_ROOM: Final = 0.6
"""Of a face's size: what is left around it when the portrait is cut out."""
SQUARES: Final = (0.45, 0.8)
"""Sides of the parts in which a face is looked for, of the shorter side of the picture."""
_LEAST: Final = 2
_TURNS: Final = (None, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE)
_LATIN: Final = re.compile(r"[A-Z][A-Z ,.'\-]*[A-Z.]")
_THREE_LETTERS: Final = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_EMPTY: Final = Value("", "", 0.0, (0, 0, 0, 0))


def titled(lines: list[Line]) -> tuple[WordedDocument, ...]:
    """Return the documents whose title was recognised."""
    return documents_titled([squeezed(line.text).upper() for line in lines])


def read_by_words(picture: Picture, lines: list[Line], part: Rectangle) -> IdScan:
    """Read the document that lies in a part of a picture.

    Args:
        picture: uint8, height x width x 3, BGR.
        lines: of the picture as it lies, in its pixels.
        part: left, top, right, bottom of where something lies.

    Raises:
        IdCardIllegible: its title was recognised and hardly anything else.
    """
    left, top, right, bottom = part
    upright = _upright(picture[top:bottom, left:right], _turn(lines, titled(lines)))
    again = read_lines(upright)
    known = titled(again) or titled(lines)
    document = _by_number(known, again)
    values = values_of(again, document.words)
    if len(values) < _LEAST:
        raise IdCardIllegible
    fields = _judged(document, values, again, upright)
    return IdScan(document.kind, fields, ("front",), _portrait(upright), (ScanWarning.UNSURE_LAYOUT,))


def _turn(lines: list[Line], known: tuple[WordedDocument, ...]) -> int:
    """Return how often a picture is to be turned by 90 degrees to the left: the title stands above the rest."""
    titles = {title for each in known for title in each.titles}
    boxes = [np.asarray(line.box, np.float64) for line in lines]
    spans = [box.max(axis=0) - box.min(axis=0) for box in boxes]
    upright = sum(float(width) for width, _ in spans) >= sum(float(height) for _, height in spans)
    head = [b for line, b in zip(lines, boxes, strict=True) if any(t in squeezed(line.text).upper() for t in titles)]
    offset = np.mean([box.mean(axis=0) for box in head], axis=0) - np.mean([box.mean(axis=0) for box in boxes], axis=0)
    if upright:
        return 0 if offset[1] <= 0 else 2
    return 3 if offset[0] <= 0 else 1


def _upright(part: Picture, turn: int) -> Picture:
    code = _TURNS[turn]
    turned = part if code is None else np.asarray(cv2.rotate(part, code), np.uint8)
    scale = min(1.0, LONGEST_PX / max(turned.shape[:2]))
    if scale == 1.0:
        return np.ascontiguousarray(turned)
    return np.asarray(cv2.resize(turned, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _by_number(known: tuple[WordedDocument, ...], lines: list[Line]) -> WordedDocument:
    """Return the document whose kind of number stands on it, else the first."""
    texts = [squeezed(line.text).upper() for line in lines]
    return next((each for each in known if any(each.number.search(text) for text in texts)), known[0])


def _judged(
    document: WordedDocument, values: dict[str, Value], lines: list[Line], picture: Picture
) -> tuple[ScannedField, ...]:
    raw = values.get("id_number", _EMPTY)
    texts = (raw.text.upper(), *(squeezed(line.text).upper() for line in lines))
    shaped = next((found[0] for text in texts if (found := document.number.search(text))), raw.text)
    number, judged_number = judges.judge_number(shaped)
    judged = {"id_number": judged_number}
    for name in document.words:
        value = values.get(name, _EMPTY)
        match name:
            case "sex":
                judged[name] = judges.judge_sex(value.text, number)
            case "birth":
                judged[name] = judges.judge_birth(value.text, number)
            case "ethnic":
                judged[name] = judges.judge_ethnic(f"民族{value.text}" if value.text else "")
            case "name":
                judged[name] = _name(value, document)
            case "nationality":
                judged[name] = _nationality(value.text)
            case "valid":
                judged["valid_from"], judged["valid_to"] = judges.judge_validity(value.text, number, document.months)
            case "authority":
                judged[name] = judges.judge_authority(value.text)
            case "id_number":
                pass
            case _:
                judged[name] = judges.plain(value.text)
    order = (*judges.ORDER[:3], "nationality", *judges.ORDER[3:])
    return tuple(
        _field(name, judged[name], values.get("valid" if name.startswith("valid_") else name, _EMPTY), picture)
        for name in order
        if name in judged
    )


def _field(name: str, judged: judges.Judged, value: Value, picture: Picture) -> ScannedField:
    text, verdict = judged
    if verdict is ScanVerdict.UNCHECKED and value.score < judges.SURE:
        verdict = ScanVerdict.DOUBTFUL
    return ScannedField(name, text, value.text, round(value.score, 3), verdict, _cut(picture, value.place))


def _name(value: Value, document: WordedDocument) -> judges.Judged:
    """Return a name; foreigners' cards show it in Latin capitals, the Chinese one (if any) goes before it."""
    if document.kind == DocumentKind.CITIZEN:
        return judges.judge_name(value.text)
    chinese = re.match(r"[\u3400-\u9fff·]+", value.text)
    if chinese:
        return chinese[0], ScanVerdict.UNCHECKED
    latin = _LATIN.search(re.sub(r"\s*,\s*", ", ", value.spaced.upper()))
    return (latin[0], ScanVerdict.UNCHECKED) if latin else judges.plain(value.text)


def _nationality(raw: str) -> judges.Judged:
    """Return the three letters of ISO 3166 that stand there, or those of the Chinese word."""
    rows = {row.code: row.words.zh for row in table("nationality").rows}
    letters = _THREE_LETTERS.search(raw.upper())
    if letters:
        return letters[0], ScanVerdict.CHECKED if letters[0] in rows else ScanVerdict.UNCHECKED
    word = next((code for code, words in rows.items() if raw and words and words in raw), "")
    return (word, ScanVerdict.CHECKED) if word else ("", ScanVerdict.DOUBTFUL if raw else ScanVerdict.MISSING)


def _cut(picture: Picture, place: Rectangle) -> bytes:
    left, top, right, bottom = place
    if right <= left or bottom <= top:
        return b""
    room = (bottom - top) // 2
    part = picture[max(0, top - room) : bottom + room, max(0, left - room) : right + room]
    return _jpeg(part)


def _portrait(picture: Picture) -> bytes:
    """Return the face that is surest, with room around it, empty where none is found.

    A face on a card is small for the model, so parts of the picture are looked at; what it takes for a face among the
    letters, the model of the face's points does not.
    """
    height, width = picture.shape[:2]
    found: list[tuple[float, Rectangle]] = []
    for left, top, right, bottom in _windows(width, height):
        part = np.ascontiguousarray(picture[top:bottom, left:right])
        for face in find_faces(part):
            if read_mesh(part, face).certainty >= LEAST_CERTAINTY:
                x, y = int(left + face.left), int(top + face.top)
                found.append((face.score, (x, y, int(face.width), int(face.height))))
    if not found:
        return b""
    _, (x, y, wide, high) = max(found)
    room_x, room_y = int(FACE_ROOM * wide), int(FACE_ROOM * high)
    return _jpeg(picture[max(0, y - room_y) : y + high + room_y, max(0, x - room_x) : x + wide + room_x])


def _windows(width: int, height: int) -> Iterator[Rectangle]:
    """Yield overlapping squares of two sizes: in one of them a face on a card is as large as the model wants it."""
    for share in SQUARES:
        side = max(1, int(min(width, height) * share))
        for top in range(0, max(1, height - side // 2), max(1, side // 2)):
            for left in range(0, max(1, width - side // 2), max(1, side // 2)):
                yield left, top, min(width, left + side), min(height, top + side)


def _jpeg(part: Picture) -> bytes:
    if not part.size:
        return b""
    done, jpeg = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, 88])
    return jpeg.tobytes() if done else b""
