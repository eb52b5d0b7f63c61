"""A class list of invented pupils, as a school's file would say it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.cases import ClassListUnreadable
from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.ports.tables import RawTable, TableLimits, TableRow
from sscard_desk.ui.sample_desk.people import number

HEAD: Final = ("姓名", "身份证号", "性别", "民族", "学校", "班级", "监护人", "监护人手机")
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴", "子涵雨桐浩宇欣怡梓萱"


def pupil(at: int) -> tuple[str, ...]:
    """Return one right row; the number's order makes the sex follow."""
    told = number(f"1101012014{1 + at % 9:02d}{1 + at % 28:02d}{100 + at:03d}"[:17])
    name = _SURNAMES[at % 10] + _GIVEN[at // 10 % 10] + _GIVEN[at % 7]
    sex = "男" if int(told[16]) % 2 else "女"
    return (name, told, sex, "汉族", "示例市第一实验小学", "三年级（2）班", "王芳", "14012345678")


def class_rows(count: int) -> list[tuple[str, ...]]:
    """Return rows of which three are wrong where there are enough: a check digit, a name, somebody twice."""
    rows = [pupil(at) for at in range(count)]
    if count > 20:
        told = rows[3][1]
        rows[3] = (rows[3][0], told[:17] + check_character(f"{int(told[:17]) + 1:017d}"), *rows[3][2:])
        rows[9] = ("李@雨", *rows[9][1:])
        rows[17] = (rows[17][0], rows[5][1], *rows[17][2:])
    return rows


class SampleTables:
    """One list of so many pupils under any name; a name that ends in `.xls` cannot be read."""

    def __init__(self, count: int = 40) -> None:
        self.rows = class_rows(count)
        self.written: dict[str, int] = {}

    def read(self, path: Path, limits: TableLimits) -> RawTable:
        """Return the list."""
        if path.suffix == ".xls":
            raise ClassListUnreadable(reason="old_or_locked")
        rows = (HEAD, *self.rows)
        return RawTable("xlsx", tuple(TableRow(at, cells) for at, cells in enumerate(rows, start=1)))

    def write(self, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Keep how many rows were written."""
        self.written[path.name] = len(rows)
