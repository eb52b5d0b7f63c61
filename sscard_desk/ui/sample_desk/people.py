"""Invented people with right check digits, the banks and the staff of the pictures, and a clock that stands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.domain.ids import AccountId, PersonKey, Role
from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.domain.person import Person

WANG_LI: Final = AccountId("c" * 32)
CHEN_JING: Final = AccountId("5" * 32)

BANKS: Final = tuple(
    {"code": f"B{at:02d}", "name": name, "outlet": f"O{at:02d}", "outlet_name": outlet, "hint": hint}
    for at, (name, outlet, hint) in enumerate(
        (
            ("示例银行", "和平路支行", "步行 6 分钟"),
            ("示例农村商业银行", "城关支行", "步行 3 分钟"),
            ("示例邮政储蓄银行", "建设街支行", "步行 8 分钟"),
            ("示例城市银行", "人民广场支行", "2 站公交"),
            ("示例发展银行", "火车站支行", "4 站公交"),
            ("示例惠民村镇银行", "城关支行", "步行 10 分钟"),
        ),
        start=1,
    )
)
STAFF: Final = ({"code": WANG_LI, "name": "王丽"}, {"code": CHEN_JING, "name": "陈静"})
STUDIOS: Final = (
    {
        "code": "4201A",
        "name": "示例照相馆（和平路店）",
        "address": "和平路 21 号",
        "phone": "010-00000021",
        "until": "",
    },
    {"code": "4201B", "name": "示例图文社", "address": "建设街 8 号", "phone": "010-00000008", "until": ""},
)


def number(first: str) -> str:
    """Return an id number with its check character."""
    return first + check_character(first)


def _person(key: int, first: str, name: str, *, sex: str = "2", address: str = "") -> Person:
    return Person(
        key=PersonKey(f"{key:032x}"),
        id_number=number(first),
        document_kind="citizen",
        name=name,
        sex=sex,
        ethnic="01",
        birth=date(int(first[6:10]), int(first[10:12]), int(first[12:14])),
        address=address or "示例市城关区建设街6号2单元301室",
        region="110101",
        authority="",
        valid_from=date(2014, 5, 12),
        valid_to=date(2024, 5, 12),
        phone="13800138000",
        version=1,
    )


REGISTERED: Final = (
    _person(1, "11010119900307002", "李四"),
    _person(2, "11010119850412203", "李思"),
    _person(3, "11010119780923711", "李四光·买买提", sex="1"),
    _person(4, "11010120120601502", "李小四"),
    _person(5, "11010119921115803", "赵六", sex="1"),
)
LI_SI: Final = REGISTERED[0]
LI_SI_CARD: Final = IdCard(
    kind=IdCardKind.CITIZEN,
    number=LI_SI.id_number,
    name="李四",
    sex="2",
    birth=LI_SI.birth,
    authority="示例市公安局城关分局",
    valid_from=date(2024, 5, 12),
    valid_to=date(2044, 5, 12),
    ethnic="01",
    address="示例市城关区和平路18号3号楼502室",
)


@dataclass
class SampleClock:
    """A clock that moves only when it is told to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 10, 41, tzinfo=UTC))

    def now(self) -> datetime:
        """Return the time of the picture."""
        return self.at

    def counted(self) -> datetime:
        """Return the time that dates are taken from."""
        return self.at

    def offset_ms(self) -> int | None:
        """Return the clock's known error."""
        return 0

    def move(self, minutes: float) -> None:
        """Let time pass."""
        self.at += timedelta(minutes=minutes)


@dataclass(frozen=True)
class SampleSession:
    """Somebody who is signed in; the seal is no signature."""

    account: AccountId
    display_name: str
    role: Role

    def sign(self, data: bytes) -> bytes:
        """Return bytes of a signature's length."""
        return data[:1] * 64


CLERK: Final = SampleSession(WANG_LI, "王丽", Role.CLERK)
SUPERVISOR: Final = SampleSession(CHEN_JING, "陈静", Role.SUPERVISOR)

REASON = "户口簿火灾烧毁，已看派出所证明"
"""Why the supervisor of the pictures allows an exception."""
