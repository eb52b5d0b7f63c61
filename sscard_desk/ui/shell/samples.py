"""The shell in named states with invented persons, for pictures and tests. Pages use `served` for their own samples."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.app.coming import coming_words
from sscard_desk.ui.app.gate import ListComing
from sscard_desk.ui.areas import rail
from sscard_desk.ui.keys import Act
from sscard_desk.ui.page import Page
from sscard_desk.ui.running import running_application
from sscard_desk.ui.serving.ports import Question
from sscard_desk.ui.shell.view import Shell
from sscard_desk.ui.states import (
    ActionState,
    DeviceWord,
    HistoryLine,
    Hit,
    Mark,
    PanelLine,
    PanelState,
    PersonState,
    StatusState,
    StepState,
    ToastState,
)
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.words import Words, say

STEPS = ("identity", "bank", "photo", "form", "materials", "sign", "approve", "card")
OPEN: Final = (1, 3)
"""How many applications wait for a supervisor, and how much the centre turned away."""


def status(**marks: tuple[Mark, Words]) -> StatusState:
    """Return a status line where every device is well except those named."""
    usual: dict[str, tuple[Mark, Words]] = {
        "centre": (Mark.OK, say("shell.health.connected")),
        "id_reader": (Mark.OK, say("shell.health.ready")),
        "card_reader": (Mark.OK, say("shell.health.ready")),
        "camera": (Mark.OK, say("shell.health.ready")),
        "printer": (Mark.WARN, say("shell.health.paper_low")),
        "clock": (Mark.OK, say("shell.health.exact")),
    }
    devices = tuple(DeviceWord(key, say(f"shell.device.{key}"), *marks.get(key, state)) for key, state in usual.items())
    return StatusState(devices, unsent=0, offline_days=30)


def steps(current: int, notes: tuple[Words, ...] = ()) -> tuple[StepState, ...]:
    """Return the path at a step: those before it done, those after it open."""
    said = dict(enumerate(notes, start=1))
    return tuple(
        StepState(
            number,
            say(f"steps.{name}"),
            said.get(number, ""),
            Mark.OK if number < current else Mark.TODO,
            current=number == current,
            reachable=number <= current,
        )
        for number, name in enumerate(STEPS, start=1)
    )


def at(hour: int, minute: int) -> datetime:
    """Return a time of the sample day."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


PERSON = PersonState("李四", "110101********002X", ("女", "汉族", "36 岁"), "现场申领·首次", "4201-03-26-00123-2")
PANEL = PanelState(
    portrait_title="证内照片",
    portrait_note="10:41 读取",
    missing=(
        PanelLine("住址：证内与登记不同", Mark.WARN, "按 F8 采用，Shift+F8 保留", "address"),
        PanelLine("有效期限：证内与登记不同", Mark.WARN, target="validity"),
        PanelLine("发卡银行未选（第 2 步）", target="bank"),
    ),
    due=(PanelLine("登记表打印后 10 个工作日内交回"),),
    history=(
        HistoryLine(at(10, 41), "读取身份证"),
        HistoryLine(at(10, 42), "查到参保登记"),
        HistoryLine(at(10, 42), "新建申领"),
    ),
)


def served(
    page: Page,
    current: int,
    *,
    notes: tuple[Words, ...] = (),
    person: PersonState = PERSON,
    panel: PanelState = PANEL,
    state: StatusState | None = None,
) -> Shell:
    """Return the whole window with a page of the path in it, as a clerk sees it."""
    app = running_application()
    shell = framed(app)
    shell.show_person(person)
    shell.show_steps(steps(current, notes))
    shell.show_panel(panel)
    shell.show_status(state or status())
    shell.set_page(page)
    return shell


def framed(app: QApplication, area: str = "serve") -> Shell:
    """Return the window with place, time, areas and status, but no page yet."""
    shell = Shell(app)
    shell.show_place("2 号窗口", "城关街道社保服务点", "王丽·经办员")
    shell.show_time("10:42", say("shell.day", day=at(10, 42).date()))
    shell.show_areas(rail(*OPEN), area)
    shell.show_status(status())
    return shell


STATES = ("empty", "notices", "question", "keys", "offline", "coming", "results")


def sample(name: str) -> Shell:
    """Return the window in one of the shell's own states, around an empty page."""
    page = Page(say("shell.area.serve"), name="empty_page")
    empty = Empty("serve", say("shell.not_here"), say("shell.not_here_hint"), say("shell.close"), name="nothing")
    page.body.addWidget(empty, 1)
    page.foot.show_state(ActionState(say("shell.next", step=say("steps.bank")), reason="", back=True))
    shell = served(page, 4, notes=("2 处已更新", "示例银行", "现场拍照", "17 / 21 项"))
    if name == "notices":
        shell.notify(ToastState("已打印登记表 2 页", "4201-03-26-00123-2，10:53", action="查看", target="paper"))
        shell.notify(
            ToastState(
                "打印机没有纸，已排队 1 份", "装纸后自动打印，不用重按", Mark.WARN, "设备页", "Ctrl+D", "printer"
            )
        )
    elif name == "question":
        question = Question(
            "作废 3 个签名并修改登记表？",
            "登记表已签字。修改后三方都要重签，已打印的 2 页记为作废纸。",
            safe="先留着",
            act="作废并修改",
        )
        shell.ask(question, lambda: None)
    elif name == "keys":
        shell.press(Act.SHOW_KEYS)
    elif name == "offline":
        away = status(centre=(Mark.OFF, say("shell.health.offline")))
        shell.show_status(replace(away, unsent=4, offline_days=6))
    elif name == "coming":
        note = coming_words(ListComing("persons:330100", done=9_400_000, of=22_300_000))
        shell.show_status(replace(status(), unsent=12, note=note))
    elif name == "results":
        shell.desk.top.search.setText("110101 1990")
        shell.desk.top.search.setFocus()
        hits = (
            Hit("1", "李四 110101********002X", "在办，第 4 步"),
            Hit("2", "李四 110101********8036", "参保登记"),
            Hit("3", "李思 110101********204X", "参保登记"),
        )
        QTimer.singleShot(0, shell, lambda: shell.show_hits(hits))  # results show only below a box that has the focus
    return shell
