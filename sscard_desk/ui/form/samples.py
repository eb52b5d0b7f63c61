"""The form page in named states, for pictures and tests."""

from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.domain.prints import PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.presenter import FormPresenter
from sscard_desk.ui.sample_desk.desk import SampleDesk, full_answers
from sscard_desk.ui.shell import Shell

STATES = (
    "empty", "error", "full", "preview", "printed", "corrected", "back", "signed", "no_printer", "minor_agent",
    "out_of_paper", "reprint", "scanned", "ticks", "torn",
)  # fmt: skip
_BACK = frozenset({"scanned", "ticks", "torn"})
_FULL = frozenset({"full", "preview", "printed", "corrected", "no_printer", "out_of_paper", "reprint"}) | _BACK


def sample(name: str) -> Shell:
    """Return the window with the form page in one state."""
    desk = SampleDesk()
    page = desk.pages.form
    if name in {"back", "signed"}:
        desk.until(Station.MATERIALS if name == "back" else Station.APPROVE)
        desk.serving.go(Station.FORM)
        return desk.shell
    desk.until(Station.FORM)
    if name == "error":
        page.edited("mobile", "1380013800")
        page.left("mobile")
        page.edited("postcode", "100010")
        page.edited("household_kind", full_answers()["household_kind"])
        page.next_missing()
    elif name == "minor_agent":
        page.edited("applied_by", "3")
    elif name in _FULL:
        _fill(page)
    _print(desk, name)
    if name in _BACK:
        _come_back(desk, name)
    if name == "corrected":
        page.edited("mailing_address", "示例市城关区和平路18号3号楼502室（李四收，周末送到小区南门物业服务中心快递柜）")
        page.left("mailing_address")
    return desk.shell


def _print(desk: SampleDesk, name: str) -> None:
    page = desk.pages.form
    if name == "preview":
        page.preview()
    elif name in _FULL - {"full"}:
        desk.printer.trouble = PrinterMissing() if name == "no_printer" else None
        desk.printer.state = PrintState.OUT_OF_PAPER if name == "out_of_paper" else PrintState.COMPLETED
        page.go_on()
    if name == "reprint":
        page.print_again()
        page.reprint.choose("3")


def _come_back(desk: SampleDesk, name: str) -> None:
    page, reader = desk.pages.form, desk.form_reader
    reader.application = desk.serving.application
    reader.written = {"mailing_address": "示例市城关区解放路7号1栋203室", "postcode": "100011"}
    reader.ticked, reader.torn = {"pick_up": "2"}, name == "torn"
    page.scan()
    if name == "scanned":
        page.take_tick()
        page.entered_field("mailing_address")
        page.edited("mailing_address", "示例市城关区解放路7号1栋203室")
        page.left("mailing_address")


def _fill(page: FormPresenter) -> None:
    for name, value in full_answers().items():
        page.edited(name, value)
        page.left(name)
