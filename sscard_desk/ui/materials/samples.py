"""The materials page in named states, for pictures and tests."""

from sscard_desk.domain.prints import PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import REASON, SUPERVISOR
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.approve import send_back

STATES = (
    "empty", "one_seen", "missing", "promised", "notice", "no_paper", "leave", "wrong_password", "complete",
    "scanned", "sent_back", "signed",
)  # fmt: skip


def sample(name: str) -> Shell:
    """Return the window with the materials page in one state."""
    desk = SampleDesk()
    if name == "signed":
        desk.until(Station.APPROVE)
        desk.serving.go(Station.MATERIALS)
        return desk.shell
    if name == "sent_back":
        application = desk.record_until(Station.APPROVE)
        reason = "户口簿缺本人页，请补看原件。"
        application = send_back(desk.store, SUPERVISOR, application, reason, "form_returned")
        desk.serving.open(application.id, Station.MATERIALS)
        return desk.shell
    desk.until(Station.MATERIALS)
    if name == "scanned":
        desk.pages.materials.mark("original_seen")
        desk.pages.documents.open_for("household_register")
        desk.pages.documents.go_on()
        return desk.shell
    _mark(desk, name)
    return desk.shell


def _mark(desk: SampleDesk, name: str) -> None:
    page = desk.pages.materials
    if name in {"one_seen", "missing"}:
        page.mark("original_seen")
    if name == "missing":
        page.mark("missing")
    if name == "no_paper":
        desk.printer.state = PrintState.OUT_OF_PAPER
    if name in {"promised", "notice", "no_paper"}:
        page.mark_all()
        page.mark("promised", "household_register")
    if name == "notice":
        page.papers.look()
    if name == "no_paper":
        page.papers.print_notice()
    if name in {"leave", "wrong_password"}:
        page.mark_all()
        page.mark("missing", "household_register")
        page.leave.ask()
    if name == "wrong_password":
        page.leave.reason_typed(REASON)
        page.leave.account_typed("chenjing")
        page.leave.password_typed("other")
        page.go_on()
    if name == "complete":
        page.mark_all()
