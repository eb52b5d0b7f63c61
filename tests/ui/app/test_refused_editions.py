"""An edition of a form that the centre delivered in vain is told in the status line and on the doctor page."""

from datetime import UTC, datetime

from sscard_desk.domain.errors.centre import CentreUnreachable, EditionsRefused
from sscard_desk.ports.devices import Health as How
from sscard_desk.ui.app.gate import LineState
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.doctor.presenter import DoctorPresenter
from sscard_desk.ui.doctor.state import DoctorState
from sscard_desk.ui.language import text
from sscard_desk.ui.sample_desk.devices import AtOnce
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import say

REFUSED = EditionsRefused(editions=("registration 2026-3",))


def health() -> Health:
    return Health(lambda: None, AtOnce(frozenset()), lambda: None)  # type: ignore[arg-type, return-value] # no device


def centre(at: Health) -> Mark:
    return next(word.mark for word in at.words() if word.key == "centre")


def test_the_status_line_warns_while_the_exchange_goes_on_and_is_well_once_it_is_mended() -> None:
    at = health()
    at.line_changed(LineState(up_to_date=True, warning=REFUSED))
    assert (at.centre.health, centre(at)) == (How.WARNING, Mark.WARN)
    at.line_changed(LineState(trouble=CentreUnreachable(waiting=1)))
    assert centre(at) is Mark.OFF
    at.line_changed(LineState(up_to_date=True))
    assert centre(at) is Mark.OK


def test_the_doctor_names_the_edition_says_what_goes_on_and_what_to_do() -> None:
    shown: list[DoctorState] = []

    class Page:
        def show_state(self, state: DoctorState) -> None:
            shown.append(state)

    at = health()
    at.line_changed(LineState(warning=REFUSED))
    doctor = DoctorPresenter(
        Page(),
        AtOnce(frozenset()),
        {"centre": lambda: at.centre},
        lambda: datetime(2026, 11, 23, tzinfo=UTC),
        lambda _: None,
    )
    doctor.opened("centre")
    finding = shown[-1].finding
    assert (finding.code, finding.mark, len(finding.causes), len(finding.steps)) == ("E411", Mark.WARN, 3, 2)
    assert finding.effect == say("doctor.E411.effect")
    assert "社会保障卡申领登记表 2026-3" in text(finding.note)
