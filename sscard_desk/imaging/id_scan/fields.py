"""Proposals out of recognised rows: answers of a form, held against check digit, code tables and each other."""

import re
from datetime import date
from typing import Final

from sscard_desk.domain.comparison import NO_END, SAME_DOTS
from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.id_scan import ScannedField, ScanVerdict
from sscard_desk.domain.numbers.citizen_id import LENGTH, IdNumber, parse_id_number
from sscard_desk.forms.codes import table
from sscard_desk.imaging.id_scan.rows import RowText

ORDER: Final = ("id_number", "name", "sex", "ethnic", "birth", "address", "authority", "valid_from", "valid_to")
ROW_OF: Final = {"sex": "sex_ethnic", "ethnic": "sex_ethnic", "valid_from": "valid", "valid_to": "valid"}
SURE: Final = 0.9
"""Below this score of the recognition a proposal without a check of its own is shown as doubtful."""
VALID_MONTHS: Final = frozenset({60, 120, 240})
"""居民身份证法, article 5: 5, 10 or 20 years."""
_LIKE_DIGITS: Final = str.maketrans("OoQDIil|ZzSsBG", "00001111225586")
"""Letters that recognition takes for digits; a number has none before its last place."""
_SIMPLIFIED: Final = str.maketrans("漢滿壯維爾鮮東達羅傈儂納諾倫賓烏茲別韃", "汉满壮维尔鲜东达罗傈侬纳诺伦宾乌孜别鞑")
"""Recognition writes some names of groups in traditional characters."""
_CHINESE_NAME: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+(·[\u3400-\u9fff\U00020000-\U000323af]+)*")
_OLD_FOREIGN: Final = re.compile(r"(?<![A-Z])[A-Z]{3}\d{12}(?!\d)")
_AUTHORITY_ENDS: Final = ("局", "厅", "处", "队", "分局", "派出所")

Judged = tuple[str, ScanVerdict]
_NOTHING: Final[Judged] = ("", ScanVerdict.MISSING)


def judge_fields(rows: dict[str, RowText], cut_outs: dict[str, bytes]) -> tuple[str, tuple[ScannedField, ...]]:
    """Return the kind of document by its number, and all proposals in the order in which they are confirmed.

    Args:
        rows: recognised text by row of the layout.
        cut_outs: JPEG by row.
    """
    number, judged_number = judge_number(rows.get("id_number", RowText()).text)
    kind = number.kind.value if number else DocumentKind.CITIZEN.value
    judged = {"id_number": judged_number}
    both = rows.get("sex_ethnic", RowText()).text
    judged["sex"] = judge_sex(both, number)
    judged["ethnic"] = judge_ethnic(both)
    judged["birth"] = judge_birth(rows.get("birth", RowText()).text, number)
    judged["name"] = judge_name(rows.get("name", RowText()).text)
    judged["address"] = plain(rows.get("address", RowText()).text)
    judged["authority"] = judge_authority(rows.get("authority", RowText()).text)
    judged["valid_from"], judged["valid_to"] = judge_validity(rows.get("valid", RowText()).text, number)
    names = [name for name in ORDER if name != "ethnic" or kind != DocumentKind.HMT_RESIDENT]
    fields = [_field(name, judged[name], rows.get(ROW_OF.get(name, name), RowText()), cut_outs) for name in names]
    return kind, tuple(fields)


def _field(name: str, judged: Judged, row: RowText, cut_outs: dict[str, bytes]) -> ScannedField:
    text, verdict = judged
    if verdict is ScanVerdict.UNCHECKED and row.score < SURE:
        verdict = ScanVerdict.DOUBTFUL
    cut_out = cut_outs.get(ROW_OF.get(name, name), b"")
    return ScannedField(name, text, row.text, round(row.score, 3), verdict, cut_out)


def judge_number(raw: str) -> tuple[IdNumber | None, Judged]:
    """Return a number whose check digit bears it out; any other is shown as it was read, and is none."""
    old = _OLD_FOREIGN.search(raw.upper())
    if old:
        return parse_id_number(old[0]), (old[0], ScanVerdict.UNCHECKED)  # 15 characters bear no check digit
    for text in dict.fromkeys((raw, raw[:-1].translate(_LIKE_DIGITS) + raw[-1:])):
        found = re.search(r"\d{17}[\dXx]", text)
        if found:
            try:
                number = parse_id_number(found[0])
            except DeskError:
                continue
            return number, (number.text, ScanVerdict.DOUBTFUL if number.warnings else ScanVerdict.CHECKED)
    kept = re.sub(r"[^0-9Xx]", "", raw.translate(_LIKE_DIGITS)).upper()[:LENGTH]
    if not kept:
        return None, _NOTHING
    return None, (kept, ScanVerdict.CONTRADICTS if len(kept) == LENGTH else ScanVerdict.DOUBTFUL)


def judge_sex(raw: str, number: IdNumber | None) -> Judged:
    """Return the code of the word, held against the number."""
    found = re.search("[男女]", raw)
    if not found:
        return (number.sex, ScanVerdict.DOUBTFUL) if number and number.sex else _NOTHING
    code = "1" if found[0] == "男" else "2"
    return code, _agree(code, number.sex if number else "")


def judge_ethnic(raw: str) -> Judged:
    """Return the code of the group that stands after its printed word, or after the sex."""
    words = "".join(re.findall(r"[\u4e00-\u9fff]", raw))  # dust is read as dots
    after = re.search(r"(?:民族|[男女].?族?)(?P<group>[\u4e00-\u9fff]{1,5})$", re.sub(r".*民族", "民族", words))
    if not after:
        return _NOTHING
    by_words = {row.words.zh: row.code for row in table("ethnic").rows}
    group = after["group"].translate(_SIMPLIFIED)
    code = by_words.get(group) or by_words.get(group.removesuffix("族"))
    return (code, ScanVerdict.CHECKED) if code else ("", ScanVerdict.DOUBTFUL)


def judge_birth(raw: str, number: IdNumber | None) -> Judged:
    """Return the day, held against the number."""
    known = number.birth.isoformat() if number and number.birth else ""
    digits = re.search(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})", raw)
    day = _day(*digits.groups()) if digits else None
    if day is None:
        return (known, ScanVerdict.DOUBTFUL) if known else _NOTHING
    return day.isoformat(), _agree(day.isoformat(), known)


def judge_name(raw: str) -> Judged:
    """Return a name; never more than unchecked, since recognition is sure of wrong characters too."""
    text = raw.translate(SAME_DOTS)
    if not text:
        return _NOTHING
    return text, ScanVerdict.UNCHECKED if _CHINESE_NAME.fullmatch(text) else ScanVerdict.DOUBTFUL


def plain(raw: str) -> Judged:
    """Return what nothing can be held against."""
    return (raw, ScanVerdict.UNCHECKED) if raw else _NOTHING


def judge_authority(raw: str) -> Judged:
    """Return an office; one that does not end like one is doubtful."""
    if not raw:
        return _NOTHING
    return raw, ScanVerdict.UNCHECKED if raw.endswith(_AUTHORITY_ENDS) else ScanVerdict.DOUBTFUL


def judge_validity(raw: str, number: IdNumber | None, months: frozenset[int] = VALID_MONTHS) -> tuple[Judged, Judged]:
    """Return first and last day; sure where they lie as many months apart as such a document holds."""
    days = re.findall(r"(\d{4})\D?(\d{2})\D?(\d{2})", raw)
    first = _day(*days[0]) if days else None
    last = _day(*days[1]) if len(days) > 1 else None
    no_end = "长" in raw or raw.endswith("期")
    if first is None:
        return _NOTHING, (last.isoformat(), ScanVerdict.DOUBTFUL) if last else _NOTHING
    begun = first.isoformat(), ScanVerdict.UNCHECKED
    if number and number.birth and first < number.birth:
        return (begun[0], ScanVerdict.CONTRADICTS), _NOTHING
    if last is None:
        return begun, (NO_END, ScanVerdict.UNCHECKED) if no_end else _NOTHING
    apart = (last.year - first.year) * 12 + last.month - first.month
    whole = last.day == first.day and apart in months
    verdict = ScanVerdict.CHECKED if whole else ScanVerdict.DOUBTFUL
    return (begun[0], verdict), (last.isoformat(), verdict)


def _agree(text: str, known: str) -> ScanVerdict:
    if not known:
        return ScanVerdict.UNCHECKED
    return ScanVerdict.CHECKED if text == known else ScanVerdict.CONTRADICTS


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
