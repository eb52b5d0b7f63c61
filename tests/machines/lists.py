"""Tables as authorities write them, of synthetic persons."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from sscard_desk.domain.person import Person

TITLES = {
    "id_number": "公民身份号码",
    "name": "姓名",
    "sex": "性别",
    "ethnic": "民族",
    "address": "住址",
    "authority": "签发机关",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
    "phone": "手机号码",
}


def register_row(person: Person, **other: str) -> dict[str, str]:
    return {
        "id_number": person.id_number,
        "name": person.name,
        "sex": "男" if person.sex == "1" else "女",
        "ethnic": "汉族",
        "address": person.address,
        "authority": person.authority,
        "valid_from": person.valid_from.isoformat().replace("-", "."),
        "valid_to": "长期",
        "phone": person.phone,
        **other,
    }


def written(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "gb18030") -> Path:
    """Write a table with the titles of the register."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(TITLES.values())
    table.writerows([row.get(name, "") for name in TITLES] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
