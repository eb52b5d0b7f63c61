"""The batch page in named states, for pictures and tests."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sscard_desk.domain.application import Application, CardRun
from sscard_desk.domain.batch import Batch, BatchId, BatchState, Failure
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import NotOurBlank
from sscard_desk.domain.errors.stock import CardLeftIn
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.steps import Step
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import SampleClock
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.batch_lineup import NO_APPROVAL, NO_PHOTO, Lineup
from sscard_desk.usecases.card_progress import CardLine, CardProgress, Stage
from sscard_desk.usecases.return_file import ReturnReport, ReturnRow, ReturnState
from sscard_desk.usecases.run_batch import BatchProgress, BatchStage

STATES: Final = (
    "nobody", "choosing", "lay_in", "working", "take_out", "left_in", "not_ours", "put_back", "stopped", "done",
    "return_file",
)  # fmt: skip
_NAMES: Final = (
    "王天赐", "李示例", "张三", "赵样本", "阿卜杜热合曼·阿卜杜热西提", "陈模", "周测试", "吴某", "郑例", "孙样",
)  # fmt: skip
_ERRORS: Final[dict[str, DeskError]] = {"left_in": CardLeftIn(number="K000819"), "not_ours": NotOurBlank()}
_STAGES: Final = {
    "lay_in": BatchStage.LAY_IN, "working": BatchStage.WORKING, "take_out": BatchStage.TAKE_OUT,
    "left_in": BatchStage.TAKE_OUT_FAILED, "not_ours": BatchStage.TAKE_OUT_FAILED, "put_back": BatchStage.PUT_BACK,
    "stopped": BatchStage.PAUSED, "done": BatchStage.DONE,
}  # fmt: skip


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = SampleDesk()
    desk.pages.go_to_batch()
    page = desk.pages.batch
    people = _people()
    if name == "choosing":
        page.listed([], [("示例市第一实验小学 三年级（2）班", people[:8]), ("示例机械厂", people[8:])])
    if name == "return_file":
        page.reported(ReturnReport(tuple(_rows(people))))
    if name in _STAGES:
        page.saw(_progress(name, people))
    return desk.shell


def _progress(name: str, people: tuple[Application, ...]) -> BatchProgress:
    stage, done = _STAGES[name], len(people) if name == "done" else 3
    batch = Batch(
        BatchId("batch:" + "4" * 32),
        "示例市第一实验小学 三年级（2）班",
        tuple(each.id for each in people),
        3,
        SampleClock().now(),
        AccountId("c" * 32),
        tries=done + (3 if name == "stopped" else 1),
        written=done,
        in_row=3 if name == "stopped" else 0,
        failures=(Failure("refused", None, "E126"),),
        state=BatchState.PAUSED if name == "stopped" else BatchState.OPEN,
        why="failures" if name == "stopped" else "",
    )
    rest = people[done:]
    skipped = tuple(zip(rest[-2:], (NO_APPROVAL, NO_PHOTO), strict=False))
    begun = rest[:1] if name == "put_back" else ()
    lineup = Lineup(tuple(map(_written, people[:done])), rest[len(begun) : -2], begun, skipped)
    lines = tuple(CardLine(f"EF06 {n:02X}", "", "written" if n < 6 else "todo") for n in range(10))
    card = CardProgress(Stage.WRITE, lines) if name == "working" else None
    who = rest[0] if rest and name != "stopped" else None
    return BatchProgress(stage, batch, lineup, who, card, _ERRORS.get(name))


def _written(person: Application) -> Application:
    today = SampleClock().now().date()
    number = f"K{int(person.id, 16):08d}"
    return replace(person, card=CardRun("a" * 32, number, "training", "d" * 64, today, today, "written"))


def _people() -> tuple[Application, ...]:
    return tuple(
        Application(
            ApplicationId(f"{n:032x}"), f"4201-03-26-{n:05d}-7", Step.APPROVED, "", name, "citizen", "chip",
            AccountId("c" * 32), "class",
        )
        for n, name in enumerate(_NAMES, 1)
    )  # fmt: skip


def _rows(people: tuple[Application, ...]) -> Iterable[ReturnRow]:
    yield ReturnRow(4, ReturnState.WRONG, "name", people[2])
    yield ReturnRow(9, ReturnState.WRONG, "person")
    yield ReturnRow(6, ReturnState.FAILED, "户名不符", people[4])
    for n in (0, 1, 3):
        yield ReturnRow(n + 2, ReturnState.TAKEN, "", people[n])
