"""A form that came back, for pictures and tests: a scanner with two sheets and a reader that knows what is on them."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import FormCodesTorn
from sscard_desk.domain.form_scan import CutOutPicture, FormPage, TickReading, TickState
from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form
from sscard_desk.forms.places import cut_out_areas, field_areas
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.form_reader import Expected, ScanReading, UnreadSheet
from sscard_desk.ports.scanner import Progress, ScannedPage, ScanOrder
from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg, preview_of
from sscard_desk.ui.theme import LIGHT
from sscard_desk.usecases.form_of import REGISTRATION

PER_MM = 8
PEN = QColor(LIGHT.accent_h)
READY = DeviceState(Health.READY)


class SampleScanner:
    """A scanner in which a form lies, or trouble.

    Attributes:
        trouble: what is wrong with it.
        sides: how many sides it gives.
    """

    def __init__(self) -> None:
        self.trouble: DeskError | None = None
        self.sides = 2

    def probe(self) -> DeviceState:
        """Be there."""
        return READY

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Give its sheets."""
        if self.trouble is not None:
            raise self.trouble
        return (b"1", b"2", b"3")[: self.sides]

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Give its sheets, one after another."""
        for content in self.scan(cancel):
            yield ScannedPage(content, 300.0)


class SampleFormReader:
    """Recognises what the sample scanner gives as pages of one application's form.

    Attributes:
        application: whose form lies in the scanner.
        torn: whether both codes are torn off.
        written: what a pen wrote, by field.
        ticked: which box a pen ticked, by field.
    """

    def __init__(self) -> None:
        self.application: Application | None = None
        self.torn = False
        self.written: dict[str, str] = {}
        self.ticked: dict[str, str] = {}

    def read(self, content: bytes, expected: Expected | None = None, first: int = 1) -> ScanReading:
        """Recognise a sheet."""
        if self.application is None or (self.torn and expected is None):
            return ScanReading((), (UnreadSheet(first, FormCodesTorn(sheet=first)),))
        form = load_form(REGISTRATION)
        return ScanReading((self._page(form, self.application, int(content), first),))

    def _page(self, form: FormDefinition, application: Application, page: int, sheet: int) -> FormPage:
        return FormPage(
            sheet=sheet,
            serial=application.serial,
            form=form.name,
            edition=form.edition,
            digest=application.digest[:16].upper(),
            page=page,
            pages=form.paper.pages,
            read_by="number" if self.torn else "qr",
            rotation=0,
            skew=1.3,
            dpi=300.0,
            pose=((11.8, 0.0, 0.0), (0.0, 11.8, 0.0)),
            residual=0.05,
            ticks=self._ticks(form, application, page),
            cut_outs=tuple(
                CutOutPicture(area.name, 358, 441, portrait_jpeg()) for area in cut_out_areas(form.paper, page)
            ),
            straight=portrait_jpeg(f"person-0{page}"),
            fields={
                area.name: self._place(form, application, area.name, area.width, area.height)
                for area in field_areas(form.paper, page)
            },
        )

    def _ticks(self, form: FormDefinition, application: Application, page: int) -> tuple[TickReading, ...]:
        made: list[TickReading] = []
        cells = [c for b in form.paper.blocks if b.page == page for row in b.rows for c in row.cells if c.options]
        for cell in cells:
            for row in form.field(cell.field).codes.rows:
                marks = {application.answers.get(cell.field, ""), self.ticked.get(cell.field, "")}
                state = TickState.TICKED if row.code in marks else TickState.EMPTY
                made.append(TickReading(cell.field, row.code, state, 0.98, 0.2))
        return tuple(made)

    def _printed(self, form: FormDefinition, application: Application, name: str) -> str:
        answer = application.answers.get(name, "")
        cells = [cell for block in form.paper.blocks for row in block.rows for cell in row.cells if cell.options]
        if name not in {cell.field for cell in cells}:
            return answer
        marks = {answer, self.ticked.get(name, "")}
        rows = form.field(name).codes.rows
        return "   ".join(f"{'☑' if row.code in marks else '☐'} {row.words.zh}" for row in rows)

    def _place(self, form: FormDefinition, application: Application, name: str, width: float, height: float) -> Preview:
        image = QImage(round(width * PER_MM), round(height * PER_MM), QImage.Format.Format_RGB888)
        image.fill(QColor(LIGHT.sunken))
        painter = QPainter(image)
        own = font(Role.BODY)
        own.setPixelSize(26)
        painter.setFont(own)
        painter.setPen(QColor(LIGHT.ink2))
        label = QRectF(12, 0, 22 * PER_MM - 16, image.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, form.field(name).words.zh)
        painter.drawLine(22 * PER_MM, 0, 22 * PER_MM, image.height())
        painter.setPen(QColor(LIGHT.ink))
        own.setPixelSize(30)
        painter.setFont(own)
        value = QRectF(23 * PER_MM, 0, image.width(), image.height())
        drawn = painter.drawText(value, Qt.AlignmentFlag.AlignVCenter, self._printed(form, application, name))
        if name in self.written:
            painter.setPen(PEN)
            middle = int(drawn.center().y())
            painter.drawLine(int(drawn.left()), middle + 2, int(drawn.right()), middle - 3)
            own.setItalic(True)
            painter.setFont(own)
            value.setLeft(drawn.right() + 14)
            painter.drawText(value, Qt.AlignmentFlag.AlignVCenter, self.written[name])
        painter.end()
        return preview_of(image)
