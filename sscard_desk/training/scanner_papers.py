"""What synthetic persons lay into the training scanner: both sides of an id card, a household register, a certificate.

Drawn by the paper room, marked 样本 (specimen) in large pale letters; the layouts are our own and resemble nothing real
beyond their size: ISO/IEC 7810 ID-1 for the card, 143 x 105 mm for a page of the register (single source), A4.
"""

from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.person import Person
from sscard_desk.paper.document import Document
from sscard_desk.paper.drawing import ONE_AT_A_TIME
from sscard_desk.paper.pen import Pen, Place, Style
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import DISTRICTS

CARD: Final = (85.6, 53.98)
REGISTER: Final = (143.0, 105.0)
A4: Final = (210.0, 297.0)
_GROUND: Final = "0.90 0.93 0.96"
_FIELD: Final = "0.80 0.86 0.92"
_LABEL: Final = Style(7, colour="0.25 0.38 0.55")
_TEXT: Final = Style(9)
_LARGE: Final = Style(15, bold=True)
_BODY: Final = Style(11)


@dataclass(frozen=True)
class Paper:
    """One side of something: a PDF of one page at its true size.

    Attributes:
        name: what it is.
        width: in mm.
        height: likewise.
        pdf: the page.
    """

    name: str
    width: float
    height: float
    pdf: bytes


def papers_of(person: Person) -> dict[str, Paper]:
    """Return what a person brings, by name: `id_front`, `id_back`, `register_1`, `register_2`, `certificate`."""
    card = id_card_of(person)
    with ONE_AT_A_TIME:
        drawn = (
            _front(card),
            _back(card),
            _register(person, head=True),
            _register(person, head=False),
            _certificate(person),
        )
    return {paper.name: paper for paper in drawn}


def _page(name: str, size: tuple[float, float]) -> tuple[Document, Pen]:
    document = Document(*size)
    document.describe(name, "", "")
    return document, Pen(document.doc, size[1])


def _done(name: str, size: tuple[float, float], document: Document, pen: Pen) -> Paper:
    document.page(pen.take_page(), None, "")
    return Paper(name, *size, document.finish())


def _front(card: IdCard) -> Paper:
    document, pen = _page("id_front", CARD)
    pen.fill(Place(0, 0, *CARD), _GROUND)
    pen.fill(Place(58, 10, 22, 28), _FIELD)
    pen.circle(69, 20, 6)
    rows = (
        ("姓名", card.name),
        ("性别", "女" if card.sex == "2" else "男"),
        ("出生", f"{card.birth:%Y-%m-%d}"),
        ("住址", (card.address or "")[:14]),
        ("", (card.address or "")[14:28]),
    )
    for number, (label, value) in enumerate(rows):
        pen.text(6, 10 + number * 6.4, label, _LABEL)
        pen.text(17, 10 + number * 6.4, value, _TEXT)
    pen.text(6, 46, "公民身份号码", _LABEL)
    pen.text(30, 46, card.number, Style(11, bold=True))
    pen.text(68, 51, "样本 非真实证件", _LABEL, "center")
    return _done("id_front", CARD, document, pen)


def _back(card: IdCard) -> Paper:
    document, pen = _page("id_back", CARD)
    pen.fill(Place(0, 0, *CARD), _GROUND)
    pen.circle(14, 15, 8)
    pen.text(48, 14, "培训样本", _LARGE, "center")
    pen.text(48, 24, "居民身份证（样本）", _LARGE, "center")
    until = f"{card.valid_to:%Y.%m.%d}" if card.valid_to else "长期"
    pen.text(14, 41, "签发机关", _LABEL)
    pen.text(32, 41, card.authority, _TEXT)
    pen.text(14, 47.5, "有效期限", _LABEL)
    pen.text(32, 47.5, f"{card.valid_from:%Y.%m.%d}-{until}", _TEXT)
    return _done("id_back", CARD, document, pen)


def _register(person: Person, *, head: bool) -> Paper:
    name = "register_1" if head else "register_2"
    document, pen = _page(name, REGISTER)
    pen.fill(Place(0, 0, *REGISTER), "0.97 0.96 0.91")
    pen.text(REGISTER[0] / 2, 14, "户口簿首页（样本）" if head else "常住人口登记卡（样本）", _LARGE, "center")
    rows = (
        (("户别", "家庭户"), ("户主姓名", person.name), ("住址", person.address))
        if head
        else (
            ("姓名", person.name),
            ("性别", "女" if person.sex == "2" else "男"),
            ("公民身份号码", person.id_number),
            ("住址", person.address),
        )
    )
    for number in range(8):
        top = 20 + number * 9.4
        pen.frame(Place(8, top, 32, 9.4))
        pen.frame(Place(40, top, 95, 9.4))
        if number < len(rows):
            pen.text(10, top + 6.2, rows[number][0], _LABEL)
            pen.text(42, top + 6.2, rows[number][1][:24], _TEXT)
    return _done(name, REGISTER, document, pen)


def _certificate(person: Person) -> Paper:
    document, pen = _page("certificate", A4)
    pen.text(A4[0] / 2, 45, "户 籍 证 明（样本）", Style(22, bold=True), "center")
    district = DISTRICTS.get(person.id_number[:6], "示例区")
    lines = (
        f"兹证明 {person.name}，公民身份号码 {person.id_number}，",
        f"系示例市{district}集体户成员，户口登记地址为：",
        person.address,
        "",
        "本证明仅供培训使用，不具有任何效力。",
        "（此处以下为样张文字，用以检验扫描件是否清晰可读。）",
    )
    for number, line in enumerate(lines):
        pen.text(28, 70 + number * 10, line, _BODY)
    for number in range(10):
        pen.text(28, 150 + number * 8, f"{number + 1}. 社会保障卡申领材料样张，第 {number + 1} 行，清晰度检验。", _TEXT)
    pen.text(150, 255, "示例市公安局（样本）", _BODY, "center")
    return _done("certificate", A4, document, pen)
