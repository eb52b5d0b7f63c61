"""A program that takes scans back or imports a class list, and says what it begins, to be killed by a test.

`python -m tests.faults.act_process FOLDER scans | class`: does what is still to be done in a data folder and ends.
"""

import sys
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.form_scan import CutOutPicture, FormPage
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.domain.steps import Step
from sscard_desk.forms.class_columns import class_list_rules
from sscard_desk.forms.load import load_form
from sscard_desk.ports.tables import RawTable, TableRow
from sscard_desk.store.opening import open_desk
from sscard_desk.usecases.import_class import ClassCheck, check_class, compare_with_desk, import_class
from sscard_desk.usecases.returned_paper import ReturnedPaper
from sscard_desk.usecases.take_back_form import take_back_form

KEY: Final = bytes(range(32))
TODAY: Final = date(2026, 11, 23)
CORRECTED: Final = {"postcode": "430001"}
PUPILS: Final = 24
SCANS, CLASS = "scans", "class"
ENDED: Final = "ended"
_HEAD: Final = ("姓名", "身份证号*", "性别", "民族", "出生日期", "学校", "班级", "监护人", "监护人手机")
_BYTES: Final = (40_000, 90_000)


class Clerk:
    """Who works."""

    account = AccountId("c" * 32)
    display_name = ""
    role = Role.CLERK

    def sign(self, data: bytes) -> bytes:
        return data


def paper_of(application: Application) -> ReturnedPaper:
    """Return the two scanned pages of an application with two cut-outs each: always the same bytes."""
    chance = Random(application.number)
    return ReturnedPaper(tuple(_page(application, number, chance) for number in (1, 2)))


def _page(application: Application, number: int, chance: Random) -> FormPage:
    cuts = tuple(
        CutOutPicture(name, 300, 90, chance.randbytes(chance.randint(*_BYTES) // 8))
        for name in (f"signature_{number}", f"photo_receipt_{number}")
    )
    return FormPage(
        sheet=number, serial=application.serial, form="registration", edition=application.edition, digest="",
        page=number, pages=2, read_by="qr", rotation=0, skew=0.0, dpi=300.0, pose=(), residual=0.0, ticks=(),
        cut_outs=cuts, straight=chance.randbytes(chance.randint(*_BYTES)),
    )  # fmt: skip


def pupil(at: int) -> str:
    """Return the synthetic number of a pupil."""
    first = f"42019620140{1 + at % 9}{1 + at % 28:02d}{100 + at:03d}"
    return first + check_character(first)


def class_check() -> ClassCheck:
    """Return the class list, checked."""
    rows = [TableRow(1, _HEAD)]
    for at in range(PUPILS):
        told = pupil(at)
        birth, sex = f"{told[6:10]}-{told[10:12]}-{told[12:14]}", "男" if int(told[16]) % 2 else "女"
        cells = (f"李小{chr(0x4E00 + at)}", told, sex, "汉族", birth, "示例小学", "六（3）班", "王芳", "14012345678")
        rows.append(TableRow(at + 2, cells))
    return check_class(RawTable("xlsx", tuple(rows)), class_list_rules(), load_form("registration"), TODAY)


def main() -> None:
    folder, what = sys.argv[1:3]
    store, clerk = open_desk(Path(folder), KEY), Clerk()
    if what == SCANS:
        for application in sorted(store.in_work(), key=lambda each: each.number):
            if application.step is Step.FORM_ISSUED:
                paper = paper_of(application)
                _say(application.number)
                take_back_form(store, clerk, application, CORRECTED, paper)
    else:
        check = compare_with_desk(class_check(), store, store.persons)
        import_class(
            store, clerk, store.persons, check, today=TODAY, watch=lambda done, _all: _say(str(done)),
        )  # fmt: skip
    _say(ENDED)
    store.close()


def _say(word: str) -> None:
    print(word, flush=True)  # noqa: T201 - what the test waits for


if __name__ == "__main__":
    main()
