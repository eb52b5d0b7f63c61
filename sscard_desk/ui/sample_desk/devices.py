"""Devices of the pictures: lanes that answer at once or sleep, a paper that is drawn by the window's own means."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from sscard_desk.domain.card_face import CardFace
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CameraMissing, IdCardNotRead, NoCard
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.prints import PrintState
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.camera import CameraChoice, CameraSession
from sscard_desk.ports.card_reader import CardChannel
from sscard_desk.ports.devices import Cancel, Cancelled, DeviceState, Health
from sscard_desk.ports.id_reader import IdReaderSession
from sscard_desk.ports.keys import READING, CardFactors, KeyUse, PinOrder
from sscard_desk.ports.paper import NO_LISTS, Batch, Copy, Lists, PaperFacts, RulerFacts
from sscard_desk.ports.printer import JobReport, PrintedJob
from sscard_desk.ui.fonts import SEMIBOLD, Role, font
from sscard_desk.ui.sample_desk.portraits import preview_of
from sscard_desk.ui.theme import LIGHT

T = TypeVar("T")
READY = DeviceState(Health.READY)
CHOICES = (CameraChoice("front", "Logitech C920"), CameraChoice("desk", "USB Document Camera"))


class AtOnce:
    """Lanes that answer at once; those that sleep never answer."""

    def __init__(self, asleep: frozenset[str] = frozenset()) -> None:
        self.asleep = asleep

    def submit(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None],
        cancel: Cancel | None = None,
    ) -> None:
        """Work now, on the window's thread."""
        if lane in self.asleep:
            return
        try:
            result = work()
        except DeskError as error:
            failed(error)
        except Cancelled:
            return
        else:
            done(result)

    def post(self, work: Callable[[], None]) -> None:
        """Do it now."""
        work()


class SampleIdReader:
    """An id reader on which a card lies, or none."""

    def __init__(self, card: IdCard | None = None) -> None:
        self.card = card

    def probe(self) -> DeviceState:
        """Be there."""
        return READY

    @contextmanager
    def open(self) -> Iterator[IdReaderSession]:
        """Open the line."""
        yield self

    def read(self, cancel: Cancel, wait_s: float = 0.0) -> IdCard:
        """Read the card."""
        if self.card is None:
            raise IdCardNotRead
        return self.card


class SampleCamera:
    """A camera that is not there: its pictures come from files. Two could be chosen."""

    def __init__(self) -> None:
        self.key = "front"

    def probe(self) -> DeviceState:
        """Be there."""
        return READY

    @contextmanager
    def open(self) -> Iterator[CameraSession]:
        """Fail."""
        raise CameraMissing
        yield  # type: ignore[unreachable]  # makes it a generator

    def choices(self) -> tuple[CameraChoice, ...]:
        """Return both."""
        return CHOICES

    def chosen(self) -> str:
        """Return the chosen one."""
        return self.key

    def choose(self, key: str) -> None:
        """Use another one."""
        self.key = key


class SampleCardReader:
    """A reader without a card."""

    def probe(self) -> DeviceState:
        """Be there."""
        return READY

    @contextmanager
    def open(self, cancel: Cancel, wait_s: float = 0.0) -> Iterator[CardChannel]:
        """Fail."""
        raise NoCard
        yield  # type: ignore[unreachable]  # makes it a generator


class SamplePrinter:
    """A printer that takes everything, raises what it is told to, or stands still in a state."""

    name = "counter-2"
    offset_mm = (0.0, 0.0)

    def __init__(self) -> None:
        self.trouble: DeskError | None = None
        self.state = PrintState.COMPLETED
        self.printed: list[str] = []
        self._told: dict[str, PrintState] = {}

    def probe(self) -> DeviceState:
        """Be there."""
        return READY

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Take a document."""
        if self.trouble is not None:
            raise self.trouble
        self.printed.append(name)
        return PrintedJob(name, 1)

    def look_up(self, job: str, name: str) -> JobReport:
        """Tell the state; time stands still in a picture, so a state that was told is not waited for."""
        if self._told.get(job) is self.state:
            raise Cancelled
        self._told[job] = self.state
        return JobReport(self.state, 1, job)

    def take_back(self, job: str) -> None:
        """Cancel."""
        self.state = PrintState.CANCELED

    def sweep(self) -> None:
        """Nothing to do."""

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Print."""
        return self.hand_over(pdf, name, cancel)


class SampleKeys:
    """Nobody asks for a key here."""

    def external_authentication(
        self, key_id: int, factors: CardFactors, challenge: bytes, use: KeyUse = READING
    ) -> bytes:
        """Return bytes of the right length."""
        del key_id, factors, use
        return challenge * 2

    def protected_pin(self, order: PinOrder, factors: CardFactors, challenge: bytes, use: KeyUse) -> bytes:
        """Return bytes of the right length."""
        del factors, challenge, use
        return bytes(len(order.block) + 4)


class SampleDays:
    """Monday to Friday."""

    def is_working_day(self, day: date) -> bool:
        """Return whether it is one."""
        return day.weekday() < 5

    def is_known(self, day: date) -> bool:
        """Say that the year is known."""
        return True


class SamplePaper:
    """Draws the outline of a form: enough to see where a page stands."""

    def draw(
        self, definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts, lists: Lists = NO_LISTS
    ) -> bytes:
        """Return what `render` needs."""
        draft = "D" if facts.draft else ""
        return f"{definition.words.zh}\n{facts.application_no}\n{draft}\n{facts.issued:%H:%M}".encode()

    def draw_many(self, definition: FormDefinition, copies: Iterable[Copy]) -> Batch:
        """Return the first of them."""
        made = [self.draw(definition, copy.answers, copy.facts) for copy in copies]
        return Batch(made[0], 1) if made else Batch(b"", 0)

    def bind(self, parts: Sequence[bytes]) -> bytes:
        """Return the first of them."""
        return parts[0]

    def of_pictures(self, pictures: Sequence[bytes], dpi: float, title: str) -> bytes:
        """Return what `render` needs."""
        return f"{len(pictures)}\n\n\n".encode()

    def ruler_sheet(self, facts: RulerFacts) -> bytes:
        """Return what `render` needs."""
        return f"{facts.printer}\n\n\n".encode()

    def card_face(self, face: CardFace) -> bytes:
        """Return what `render` needs."""
        return "\n".join(("FACE", *face.texts.values())).encode()

    def pages(self, pdf: bytes) -> int:
        """Return one page."""
        return 1

    def render(self, pdf: bytes, page: int, dpi: float) -> Preview:
        """Draw the outline."""
        if pdf.startswith(b"FACE"):
            return _face(pdf.decode().split("\n")[1:])
        title, number, draft, _when = pdf.decode().split("\n")
        image = QImage(827, 1169, QImage.Format.Format_RGB888)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        face = font(Role.FIGURE, SEMIBOLD)
        painter.setFont(face)
        painter.setPen(QColor(LIGHT.ink))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(0, 60, 827, 60), int(centre), title)
        for row in range(14):
            painter.setPen(QColor(LIGHT.line2))
            painter.drawRect(QRectF(80, 150 + row * 56, 667, 56))
            painter.fillRect(QRectF(100, 172 + row * 56, 96, 12), QColor(LIGHT.line2))
            painter.fillRect(QRectF(230, 172 + row * 56, 180 + row * 37 % 260, 12), QColor(LIGHT.ink2))
        painter.setPen(QColor(LIGHT.ink2))
        painter.drawText(QRectF(0, 1040, 827, 60), int(centre), f"{number} {'草稿' if draft else ''}")
        painter.end()
        return preview_of(image)


def _face(lines: list[str]) -> Preview:
    """Return the outline of a card's face at 10 pixels a millimetre."""
    image = QImage(856, 540, QImage.Format.Format_RGB888)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.fillRect(QRectF(40, 110, 203, 250), QColor(LIGHT.line2))
    painter.setFont(font(Role.FIGURE, SEMIBOLD))
    painter.setPen(QColor(LIGHT.ink))
    for at, line in enumerate(lines):
        painter.drawText(QRectF(280, 130 + at * 48, 560, 44), line)
    painter.end()
    return preview_of(image)
