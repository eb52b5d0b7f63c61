"""The page of what the centre did not take, in named states, for pictures and tests."""

from dataclasses import replace
from datetime import UTC, datetime

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import BankConfirmed
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.ports.conflicts import AsideEntry, Conflict, ThreeWay
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.store import SampleStore
from sscard_desk.ui.shell import Shell

STATES = (
    "none",
    "list",
    "second",
    "keep_both",
    "wrong_password",
    "compare",
    "elsewhere",
    "transfer",
    "decline",
    "unfolded",
)
_OTHER = "b" * 32


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = SampleDesk()
    if name != "none":
        happened(desk)
    desk.pages.go_to_aside()
    page = desk.pages.aside
    if name in {"second", "keep_both", "wrong_password"}:
        page.choose_way("withdraw" if name == "second" else "keep_both")
    if name in {"keep_both", "wrong_password"}:
        page.leave.reason_typed("旧申领的材料在搬家时遗失")
    if name == "wrong_password":
        page.leave.account_typed("chenjing")
        page.leave.password_typed("other")
        page.go_on()
    if name == "compare":
        page.choose(_OTHER)
        page.choose_way("compare")
        page.take("mobile", "mine")
    if name == "elsewhere":
        page.choose("conflict:" + "c" * 32)
    if name == "unfolded":
        page.choose("unfolded:" + "f" * 32)
    if name in {"transfer", "decline"}:
        page.choose("transfer:" + _OTHER)
    if name == "decline":
        page.choose_way("decline")
        page.reason_typed("材料和照片都在这里，明天就能取卡")
    return desk.shell


def happened(desk: SampleDesk) -> None:
    """Let the centre turn away a second application, contents that were changed side by side, and ask two things."""
    store = desk.store
    if not isinstance(store, SampleStore):
        return
    mine = desk.record_until(Station.FORM)
    theirs = replace(mine, id=ApplicationId(_OTHER), number="4201-03-26-00131-9")
    store.keep(theirs)
    first = {"number": "4202-01-26-00077-4", "application": "d" * 32, "point": "4202", "desk": "D-0107"}
    store.turned_away = [
        _entry(41, "application.opened", mine.id, "already-open", first | {"step": "form_issued"}),
        _entry(42, BankConfirmed.kind, mine.id, "application-unknown", {}),
        _entry(55, BankConfirmed.kind, _OTHER, "changed-elsewhere", {"number": theirs.number, "application": _OTHER}),
        _entry(58, "document.kept", "e" * 32, "step-not-allowed", {}),
    ]
    store.unfolded = [
        Conflict("D-0107", 512, "f" * 32, "E120"),
        Conflict("D-0107", 513, "f" * 32, "account-unknown"),
    ]
    store.sides = {_OTHER: _sides(theirs)}
    store.told = {
        "service_point": [{"id": "4202", "name": "城南服务点"}, {"id": "4203", "name": "城东服务点"}],
        "conflict": [
            {
                "id": "c" * 32,
                "what": "already-open",
                "number": "4203-02-26-00018-5",
                "first": "4201-03-26-00088-1",
                "point": "4203",
                "point_name": "城东服务点",
                "desk": "D-0311",
                "card": "written",
                "outcome": "",
            }
        ],
        "transfer": [
            {
                "id": _OTHER,
                "number": theirs.number,
                "from_point": "4201",
                "from_name": "城关服务点",
                "to_point": "4203",
                "to_name": "城东服务点",
                "reason": "申领人搬到城东，今天就在我们窗口",
                "state": "asked",
            }
        ],
    }


def _entry(seq: int, kind: str, subject: str, code: str, current: dict[str, str]) -> AsideEntry:
    at = datetime(2026, 11, 23, 2, 14, tzinfo=UTC)
    return AsideEntry(
        seq=seq,
        entry_id=f"{seq:032x}",
        kind=kind,
        subject=subject,
        at=at,
        actor=AccountId("a" * 32),
        code=code,
        reason=current.get("number", ""),
        current=current,
    )


def _sides(application: Application) -> ThreeWay:
    """Two desks changed the mobile number, the bank and the address."""
    answers = application.answers
    mine = replace(application, bank="02", bank_name="建设银行", answers=answers | {"mobile": "13912345678"})
    theirs = replace(
        application,
        bank="01",
        bank_name="工商银行",
        answers=answers | {"mobile": "13600001111", "mailing_address": "示例市城关区和平路20号"},
    )
    return ThreeWay(replace(application, bank="", bank_name=""), mine, theirs)
