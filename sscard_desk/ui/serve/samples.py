"""The start page in named states, for pictures and tests."""

from datetime import timedelta

from sscard_desk.domain.errors.device import IdFrameDamaged, IdReaderMissing
from sscard_desk.domain.events import Material
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI
from sscard_desk.ui.serve.presenter import ServePresenter
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.check_materials import check_materials, checklist
from sscard_desk.usecases.typed_person import TYPED_PERSON, TypedPerson

STATES = (
    "waiting",
    "typing",
    "check_digit",
    "hits",
    "already_open",
    "resume",
    "resume_typed",
    "due",
    "no_reader",
    "damaged",
)


def sample(name: str) -> Shell:
    """Return the window with the start page in one state."""
    desk = SampleDesk()
    page: ServePresenter = desk.pages.serve
    if name == "typing":
        page.typed(LI_SI.id_number[:12])
    elif name == "check_digit":
        page.typed(f"{LI_SI.id_number[:17]}1")
    elif name == "hits":
        page.typed("李")
    elif name == "already_open":
        desk.record_until(Station.FORM)
        page.typed(LI_SI.id_number)
    elif name == "due":
        application = desk.record_until(Station.MATERIALS)
        seen = [Material(name, "original_seen") for name in checklist(application)]
        by = desk.counter.today() + timedelta(days=1)
        seen[1] = Material(seen[1].name, "promised", by)
        check_materials(
            desk.store, desk.counter.session, application, seen, today=desk.counter.today(),
            calendar=desk.counter.working_days,
        )  # fmt: skip
        desk.clock.move(3 * 24 * 60)
        page.opened()
    elif name == "resume":
        application = desk.record_until(Station.FORM)
        desk.store.keep_draft(application.id, {"mobile": "1380013"}, "mobile")
        page.opened()
    elif name == "resume_typed":
        desk.store.keep_draft(
            TYPED_PERSON, TypedPerson(LI_SI.id_number, "typed", {"name": LI_SI.name}).values(), "name"
        )
        page.opened()
    elif name in {"no_reader", "damaged"}:
        page.reader_failed(IdReaderMissing() if name == "no_reader" else IdFrameDamaged("checksum"))
    return desk.shell
