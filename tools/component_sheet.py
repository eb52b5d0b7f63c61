"""All components in all states on one sheet, to be laid beside the design's picture 00."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.states import FieldState, Mark, OldValue, ToastState
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.elevation import SHADOW
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.focus_ring import FocusRing
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box, rule
from sscard_desk.ui.widgets.placeholder import Empty, Loading, Unsure
from sscard_desk.ui.widgets.state_mark import INKS, StateMark
from sscard_desk.ui.widgets.toast import Toast

SIZES = (
    ("请选择", Role.QUESTION, "40 px / 600"),
    ("叫下一位", Role.FIGURE, "28 px / 600"),
    ("核对身份", Role.AREA, "22 px / 600"),
    ("登记表", Role.TITLE, "18 px / 600"),
    ("正文 0123456789", Role.BODY, "15 px / 400"),
    ("标签 次要", Role.LABEL, "13 px / 400"),
    ("注 12", Role.NOTE, "12 px / 400"),
)
SWATCHES = (
    "bg", "surface", "sunken", "line", "line2", "ink3", "ink2", "ink", "accent", "accent_tint",
    "ok", "ok_t", "warn", "warn_t", "err", "err_t", "mark",
)  # fmt: skip
STATES = (
    (Mark.OK, "就绪"), (Mark.BUSY, "写卡中"), (Mark.WARN, "纸将尽"), (Mark.ERR, "没有响应"), (Mark.UNKNOWN, "结果未知"),
    (Mark.OFF, "不使用"), (Mark.TODO, "未做"),
)  # fmt: skip


class Swatch(QWidget):
    """One colour of the table."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(66, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        table = tokens()
        box(QPainter(self), QRectF(self.rect()), fill=str(getattr(table, self._name)), border=table.line)


class Sheet(QWidget):
    """The whole sheet, 1366 x 856."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(1366, 856)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 12, 32, 12)
        whole.setSpacing(8)
        whole.addLayout(self._type())
        whole.addLayout(self._colours())
        whole.addSpacing(16)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        self._buttons(left)
        self._fields(left)
        self._states(right)
        self._notices(right)
        columns.addLayout(left, 69)
        columns.addLayout(right, 57)
        whole.addLayout(columns)
        whole.addWidget(self._title("空、忙、结果未知"))
        whole.addLayout(self._waiting(), 1)
        self.ring = FocusRing(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.transparent)
        box(painter, QRectF(self.rect()), fill=tokens().surface, radius=0)
        rule(painter, 32, self.width() - 32, 154)

    def _title(self, said: str) -> Label:
        return Label(said, Role.LABEL, "ink2", weight=MEDIUM)

    def _type(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(28)
        for said, role, note in SIZES:
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(Label(said, role))
            both.addWidget(Label(note, Role.NOTE, "ink2"))
            row.addLayout(both)
        row.addStretch(1)
        return row

    def _colours(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in SWATCHES:
            both = QVBoxLayout()
            both.setSpacing(2)
            both.addWidget(Swatch(name))
            label = Label(name, Role.NOTE, "ink2")
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            both.addWidget(label)
            row.addLayout(both)
        row.addStretch(1)
        return row

    def _buttons(self, column: QVBoxLayout) -> None:
        column.addWidget(self._title("按钮：主要、次要、安静、危险、不可用；右端是快捷键"))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.primary = Button("下一步：银行", Kind.PRIMARY, key="Ctrl+Enter", name="next")
        row.addWidget(self.primary)
        row.addWidget(Button("重新读卡", key="F5", icon="refresh", name="read"))
        row.addWidget(Button("电话预约", Kind.LINK, icon="phone", name="book"))
        row.addWidget(Button("退回并写明原因", Kind.DANGER, key="Shift+F8", name="send_back"))
        row.addStretch(1)
        column.addLayout(row)
        off = Button("下一步：银行", Kind.PRIMARY, key="Ctrl+Enter", name="next_off")
        off.setEnabled(False)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(off)
        second.addWidget(Label("不可用时旁边总有一句原因", Role.LABEL, "ink2"))
        second.addStretch(1)
        column.addLayout(second)

    def _fields(self, column: QVBoxLayout) -> None:
        column.addWidget(self._title("输入框：空、聚焦、有误、已改、锁定"))
        phone = Field("固定电话", name="telephone", placeholder="选填")
        self.postcode = Field("邮政编码", name="postcode", required=True)
        mobile = Field("手机号码", name="mobile", required=True)
        address = Field("通讯地址", name="address", required=True)
        number = Field("证件号码", name="number")
        self.postcode.show_state(FieldState("1000"))
        mobile.show_state(FieldState("138 0013 800", error="现在 10 位，手机号码应为 11 位。请补上缺的一位。"))
        address.show_state(FieldState("和平路18号3号楼502室", old=OldValue("建设街6号2单元301室")))
        number.show_state(FieldState("110101 19900307 002X", locked=True))
        for field in (phone, self.postcode, mobile, address, number):
            column.addWidget(field)
        column.addStretch(1)

    def _states(self, column: QVBoxLayout) -> None:
        column.addWidget(self._title("状态：形状 + 颜色 + 词，三者同时出现"))
        row = QGridLayout()
        for at, (mark, word) in enumerate(STATES):
            row.addWidget(StateMark(mark, 24), 0, at, Qt.AlignmentFlag.AlignHCenter)
            row.addWidget(Label(word, Role.LABEL, INKS[mark], weight=MEDIUM), 1, at, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)

    def _notices(self, column: QVBoxLayout) -> None:
        column.addWidget(self._title("通知：右下角，不抢焦点；成功 5 秒后收起，警告留到处理"))
        for state in (
            ToastState("已打印登记表 2 页", "A-2026-000123，11月23日 10:53", action="查看"),
            ToastState("打印机没有纸，已排队 1 份", "装纸后自动打印，不用重按", Mark.WARN, "设备页", "Ctrl+D"),
        ):
            holder = QWidget()
            holder.setFixedHeight(60)
            toast = Toast(state)
            toast.setParent(holder)
            toast.setGeometry(-SHADOW, -SHADOW, 556 + 2 * SHADOW, 60 + 2 * SHADOW)
            column.addWidget(holder)
        column.addWidget(self._title("对话框：只用于不可逆的事；焦点在安全的一边；按钮写动作，不写“确定”"))
        card = Card(edge="line2", margin=24)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(StateMark(Mark.WARN, 24))
        head.addWidget(Label("作废 3 个签名并修改登记表？", Role.TITLE))
        head.addStretch(1)
        card.column.addLayout(head)
        card.column.addWidget(
            Label("登记表已签字。修改后三方都要重签，已打印的 2 页记为作废纸。", ink="ink2", wrap=True)
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(Button("先留着", key="Esc", name="safe"))
        buttons.addWidget(Button("作废并修改", Kind.DANGER, name="act"))
        card.column.addLayout(buttons)
        column.addWidget(card)
        column.addStretch(1)

    def _waiting(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        empty, loading = Card(), Card()
        empty.column.addWidget(
            Empty("work", "没有等待的人", "新取号和到点的预约会自动出现", "现场取号", key="Ctrl+N", name="none")
        )
        bars = Loading("取参保登记")
        bars.at(14)
        loading.column.addWidget(bars)
        unsure = Unsure(
            "不能确定写卡是否完成", "写入出生日期时读写器断开。请不要换卡，把原卡放回，程序会先读回再决定。", "E307"
        )
        unsure.foot.setSpacing(12)
        unsure.foot.addWidget(Button("读回核对", Kind.PRIMARY, key="F5", name="read_back"))
        unsure.foot.addWidget(Button("打开设备页", Kind.LINK, key="Ctrl+D", name="doctor"))
        unsure.foot.addStretch(1)
        for card in (empty, loading, unsure):
            row.addWidget(card, 1)
        return row


def sheet() -> Sheet:
    """Return the sheet with the focus in the field that the picture shows."""
    made = Sheet()
    made.show()
    made.postcode.setFocus(Qt.FocusReason.OtherFocusReason)
    made.postcode.editor.setCursorPosition(4)
    return made
