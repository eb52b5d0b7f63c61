"""A centre on a free loopback port and desks that are enrolled at it, for tests."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from sscard_desk.central.centre import OpenCentre, init_centre, open_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.server import CentreServer
from sscard_desk.domain import events
from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.keys import key_now
from sscard_desk.domain.person import Person
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity

REGION = "330100"
POINT = "P-01"
running_numbers = itertools.count(1)
"""Application numbers are never given twice in a run."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen_number(running: int) -> str:
    """A synthetic number with the right check character (GB 11643-1999)."""
    body = f"330106{1960 + running // 1000 % 40:04d}0101{running % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def person(running: int, *, name: str = "") -> Person:
    return Person(
        key=PersonKey(f"{running:032x}"),
        id_number=citizen_number(running),
        document_kind="citizen",
        name=name or f"训练{running}",
        sex="1",
        ethnic="01",
        birth=date(1990, 1, 1),
        address=f"示例市示例区示例路 {running} 号",
        region="330106",
        authority="示例市公安局",
        valid_from=date(2020, 1, 1),
        valid_to=date(2040, 1, 1),
        phone="13900000000",
        version=1,
    )


def opened(running: int, *, exception: str = "") -> events.Opened:
    return events.Opened(
        number=f"P01D01-26-{next(running_numbers):06d}",
        id_number=citizen_number(running),
        name=f"训练{running}",
        document_kind="citizen",
        evidence="typed",
        answers={"phone": "13900000000"},
        exception=exception,
    )


def bank_confirmed(bank: str = "95588") -> events.BankConfirmed:
    return events.BankConfirmed(bank=bank, bank_name="示例银行", outlet="", edition="1", serial="S1")


def subject() -> str:
    return key_now()


@dataclass
class Counter:
    """A running centre; desks enrol over `url`, which a test may point at a line of its own."""

    folder: Path
    training: bool = True
    address: str = ""
    centre: OpenCentre | None = None
    server: CentreServer | None = None

    def __enter__(self) -> Self:
        self.centre = init_centre(self.folder, training=self.training, name="示例中心", address=self.address)
        import_point(self.centre, POINT, "示例街道服务站", REGION)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def open(self) -> OpenCentre:
        assert self.centre is not None
        return self.centre

    @property
    def url(self) -> str:
        assert self.server is not None
        return self.server.url

    @property
    def port(self) -> int:
        assert self.server is not None
        return self.server.port

    def start(self) -> None:
        if self.centre is None:
            self.centre = open_centre(self.folder)
        self.server = CentreServer(self.centre)
        self.server.start()

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
        if self.centre is not None:
            self.centre.close()
        self.server, self.centre = None, None

    def restart(self) -> None:
        self.stop()
        self.start()

    def identity(self, desk: str = "D-0001", point: str = POINT, url: str = "") -> DeskIdentity:
        code = enrolment_code(self.open, desk, point).text()
        return enrol(url or self.url, code, training=self.training)[0]

    def client(self, desk: str = "D-0001", now_ms: Callable[[], int] | None = None) -> HttpCentre:
        identity = self.identity(desk)
        return HttpCentre(identity, now_ms) if now_ms else HttpCentre(identity)
