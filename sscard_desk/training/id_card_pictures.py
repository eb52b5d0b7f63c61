"""Pictures of the id cards of synthetic persons, as a scanner or a telephone would give them; marked as specimens.

The layout is that of `resources/id_card_layouts/resident.toml`; there is no emblem, and 样本 stands where it would be.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.forms.codes import table
from sscard_desk.resources import built

PX_MM: Final = 300 / 25.4
"""Pixels for a millimetre at 300 dpi."""
SIZE_MM: Final = (85.6, 54.0)
PAGE_MM: Final = (210.0, 297.0)
_MM_PT: Final = 25.4 / 72
_LABEL_PT: Final = 7.5
_TEXT_PT: Final = 9.0
_NAME_PT: Final = 10.5
_NUMBER_PT: Final = 11.0
_INK: Final = (28, 28, 30)
_LABEL_INK: Final = (62, 104, 158)
_PAPER: Final = (226, 236, 240)
_WAVE: Final = (212, 226, 233)
_MARK: Final = (196, 60, 60)
_ADDRESS_LINE: Final = 11
"""Characters in one line of the address."""
_PORTRAIT: Final = (55.0, 9.4, 22.5, 30.0)


def front(card: IdCard, portrait: Path | None = None) -> Image.Image:
    """Draw the side with the portrait, RGB, at 300 dpi.

    Args:
        card: of a synthetic person.
        portrait: a picture file; left out, the training portrait.
    """
    picture, draw = _blank()
    for word, x, y in (("姓名", 5.6, 11.0), ("性别", 5.6, 17.5), ("出生", 5.6, 23.9), ("住址", 5.6, 30.1)):
        _write(draw, word, (x, y), _LABEL_PT, ink=_LABEL_INK)
    _write(draw, card.name, (15.95, 11.0), _NAME_PT)
    _write(draw, table("sex").row(card.sex).words.zh, (15.95, 17.5), _TEXT_PT)
    if card.ethnic and card.kind is IdCardKind.CITIZEN:
        _write(draw, "民族", (24.9, 17.5), _LABEL_PT, ink=_LABEL_INK)
        _write(draw, table("ethnic").row(card.ethnic).words.zh, (33.9, 17.5), _TEXT_PT)
    for word, x in (("年", 26.0), ("月", 34.6), ("日", 43.2)):
        _write(draw, word, (x, 23.9), _LABEL_PT, ink=_LABEL_INK)
    for part, x in ((f"{card.birth.year}", 15.95), (f"{card.birth.month}", 30.3), (f"{card.birth.day}", 39.3)):
        _write(draw, part, (x, 23.9), _TEXT_PT)
    for at in range(0, len(card.address), _ADDRESS_LINE):
        line = card.address[at : at + _ADDRESS_LINE]
        _write(draw, line, (15.95, 30.1 + 4.5 * at / _ADDRESS_LINE), _TEXT_PT)
    _write(draw, "公民身份号码", (5.6, 46.2), _LABEL_PT, ink=_LABEL_INK)
    _write(draw, card.number, (30.3, 46.3), _NUMBER_PT, spread=0.35)
    _write(draw, "样本 SPECIMEN", (56.0, 5.4), _TEXT_PT, ink=_MARK)
    x, y, width, height = (round(part * PX_MM) for part in _PORTRAIT)
    with Image.open(portrait or built("training", "astronaut.png")) as face:
        picture.paste(_cut_face(face.convert("RGB"), width, height), (x, y))
    return picture


def back(card: IdCard) -> Image.Image:
    """Draw the side with the authority and the validity, RGB, at 300 dpi."""
    picture, draw = _blank()
    _write(draw, "样本", (9.0, 15.0), 20.0, ink=_MARK)
    _write(draw, "中华人民共和国", (33.0, 11.0), 14.0)
    title = "居民身份证" if card.kind is IdCardKind.CITIZEN else "港澳居民居住证"
    _write(draw, title, (31.0, 20.5), 22.0 if card.kind is IdCardKind.CITIZEN else 16.0)
    _write(draw, "签发机关", (23.0, 39.6), _LABEL_PT)
    _write(draw, card.authority, (34.8, 39.6), _TEXT_PT)
    _write(draw, "有效期限", (23.0, 46.2), _LABEL_PT)
    until = f"{card.valid_to:%Y.%m.%d}" if card.valid_to else "长期"
    _write(draw, f"{card.valid_from:%Y.%m.%d}-{until}", (34.8, 46.2), _TEXT_PT)
    return picture


def worded(title: str, lines: Sequence[tuple[str, str]], second: str = "", portrait: Path | None = None) -> Image.Image:
    """Draw a document of which only the printed words are known: a title, and a word and its value on each line.

    Where things stand is our own invention; readers must not count on it.

    Args:
        title: as printed.
        lines: word and value, from top to bottom.
        second: the title in another language.
        portrait: a picture file; left out, the training portrait.
    """
    picture, draw = _blank()
    _write(draw, title, (6.0, 5.5), 11.0)
    if second:
        _write(draw, second, (6.0, 9.8), 6.0)
    _write(draw, "样本", (76.0, 5.4), _TEXT_PT, ink=_MARK)
    step = min(6.4, 38.0 / len(lines))
    for row, (word, value) in enumerate(lines):
        y = 14.5 + step * row
        _write(draw, word, (6.0, y), 6.5, ink=_LABEL_INK)
        _write(draw, value, (6.0 if not word else 33.0, y), 7.0)
    x, y, width, height = (round(part * PX_MM) for part in (66.0, 12.0, 17.0, 23.0))
    with Image.open(portrait or built("training", "astronaut.png")) as face:
        picture.paste(_cut_face(face.convert("RGB"), width, height), (x, y))
    return picture


def on_page(*sides: Image.Image, dpi: int = 300) -> Image.Image:
    """Lay sides below each other on a white A4 page, as both sides of a card are copied."""
    page = Image.new("RGB", (round(PAGE_MM[0] * PX_MM), round(PAGE_MM[1] * PX_MM)), (250, 250, 250))
    for row, side in enumerate(sides):
        page.paste(side, (round(60 * PX_MM), round((40 + 75 * row) * PX_MM)))
    share = dpi / 300
    return page if share == 1 else page.resize((round(page.width * share), round(page.height * share)))


def turned(picture: Image.Image, degrees: float, ground: tuple[int, int, int] = (245, 245, 245)) -> Image.Image:
    """Return a picture turned clockwise, as a card is laid askew or upside down; nothing of it is lost."""
    return picture.rotate(-degrees, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=ground)


def worn(picture: Image.Image, seed: int = 1) -> Image.Image:
    """Return a picture with scratches, faded ink and dust."""
    chance = random.Random(seed)
    faded = Image.blend(picture, Image.new("RGB", picture.size, (235, 235, 232)), 0.3)
    draw = ImageDraw.Draw(faded)
    for _ in range(25):
        x, y = chance.randrange(picture.width), chance.randrange(picture.height)
        end = (x + chance.randint(-160, 160), y + chance.randint(-60, 60))
        draw.line([(x, y), end], fill=(240, 240, 238), width=chance.choice((1, 1, 2)))
    for _ in range(250):
        x, y = chance.randrange(picture.width), chance.randrange(picture.height)
        draw.ellipse([x, y, x + 2, y + 2], fill=(150, 150, 150))
    return faded


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """Return a picture out of focus; the radius is in pixels."""
    return picture.filter(ImageFilter.GaussianBlur(radius))


def glaring(picture: Image.Image, centre_mm: tuple[float, float], radius_mm: float) -> Image.Image:
    """Return a picture with a reflection that whites out what lies under it."""
    spot = Image.new("L", picture.size, 0)
    (x, y), radius = (part * PX_MM for part in centre_mm), radius_mm * PX_MM
    ImageDraw.Draw(spot).ellipse([x - radius, y - radius * 0.7, x + radius, y + radius * 0.7], fill=255)
    lit = Image.new("RGB", picture.size, (255, 255, 255))
    return Image.composite(lit, picture, spot.filter(ImageFilter.GaussianBlur(radius * 0.12)))


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    size = (round(SIZE_MM[0] * PX_MM), round(SIZE_MM[1] * PX_MM))
    picture = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(picture)
    for y in range(0, size[1], 14):
        points = [(x, y + 5 * ((x // 40) % 2)) for x in range(0, size[0] + 40, 40)]
        draw.line(points, fill=_WAVE, width=2, joint="curve")
    return picture, draw


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    at_mm: tuple[float, float],
    points: float,
    *,
    ink: tuple[int, int, int] = _INK,
    spread: float = 0.0,
) -> None:
    """Write text with its left end and the middle of its height at a place; `spread` mm stand between characters."""
    font = ImageFont.truetype(built("fonts", "NotoSansSC-Medium.ttf"), round(points * _MM_PT * PX_MM))
    x, y = at_mm[0] * PX_MM, at_mm[1] * PX_MM
    if not spread:
        draw.text((x, y), text, font=font, fill=ink, anchor="lm")
        return
    for character in text:
        draw.text((x, y), character, font=font, fill=ink, anchor="lm")
        x += font.getlength(character) + spread * PX_MM


def _cut_face(face: Image.Image, width: int, height: int) -> Image.Image:
    side = min(face.width, face.height * width // height)
    tall = side * height // width
    left = (face.width - side) // 2
    return face.crop((left, 0, left + side, tall)).resize((width, height), Image.Resampling.LANCZOS)
