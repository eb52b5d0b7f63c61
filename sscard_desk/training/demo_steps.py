"""What the hands do at each page of the demo, with keys where a clerk would use keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from sscard_desk.cards.proof import ItemResult, Standing
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import Role
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.training.point import training_point
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.card.presenter import READER
from sscard_desk.usecases.prove_card import prove_card

if TYPE_CHECKING:
    from sscard_desk.training.tour import Tour

ANSWERS: Final = {
    "mobile": "14012345678",
    "mailing_address": "和平路18号3号楼502室",
    "postcode": "430000",
    "household_kind": "51",
    "person_status": "1",
    "region": "420196",
    "pick_up": "1",
}
"""What the demo's applicant says; the rest comes from the card and the register."""

SIGNATURE: Final = (
    tuple((0.15 + 0.03 * n, 0.3 + 0.02 * n) for n in range(10)),
    tuple((0.5 + 0.03 * n, 0.7 - 0.03 * n) for n in range(10)),
)


def sign_in(tour: "Tour") -> None:
    """Sign in as the training clerk."""
    clerk = training_point().account(Role.CLERK)
    hands, window = tour.hands, tour.program.window
    hands.wait(lambda: hands.sees("account_name"), "the sign-in page")
    tour.shoot("sign-in")
    hands.tab_to("account_name")
    hands.press("Ctrl+A")
    hands.type(clerk.name)
    hands.press("Return")
    hands.type(clerk.password)
    hands.press("Return")
    hands.wait(lambda: window.signed_in, "the desk")


def start_page(tour: "Tour") -> None:
    """Wait until the desk has come to its first page, or an id card was faster."""
    hands = tour.hands
    hands.wait(lambda: hands.sees("serve_page") or tour.serving.here is not None, "the start page")


def identify(tour: "Tour") -> None:
    """Wait for the id card on the reader."""
    hands = tour.hands
    start_page(tour)
    if tour.serving.here is None:
        tour.shoot("serve", unless=lambda: tour.serving.here is not None)
    hands.wait(lambda: tour.serving.here is not None, "an id card", 30.0)


def decide(tour: "Tour") -> None:
    """Hold card against register, take every difference over, open the application."""
    hands = tour.hands
    hands.wait(lambda: tour.serving.identity is not None or tour.application is not None, "the comparison")
    hands.wait(lambda: hands.sees("difference_name") or tour.application is not None, "the table")
    tour.shoot("identity")
    hands.press_until("F8", lambda: hands.sees("primary") or tour.application is not None, "every row decided")
    _go_on(tour, Station.IDENTITY)


def choose_bank(tour: "Tour") -> None:
    """The applicant chooses the first bank; the confirmation form is printed."""
    hands = tour.hands
    hands.wait(lambda: hands.sees("bank_01"), "the banks")
    hands.press("1")
    hands.wait(lambda: hands.sees("primary"), "the confirmation form")
    tour.shoot("bank")
    _go_on(tour, Station.BANK)


def take_photo(tour: "Tour") -> None:
    """Shoot and adopt a portrait."""
    hands = tour.hands
    hands.wait(lambda: hands.sees("shoot"), "the camera", 30.0)
    hands.wait(lambda: hands.sees("answer_no"), "the question that only a clerk can answer")
    hands.press("N")
    hands.press("F7")
    hands.wait(lambda: hands.sees("primary"), "a portrait that meets the rules", 30.0)
    tour.shoot("photo")
    _go_on(tour, Station.PHOTO)


def fill_form(tour: "Tour") -> None:
    """Fill what is empty, print, and take the form back."""
    hands = tour.hands
    hands.wait(lambda: hands.sees("mobile"), "the form")
    application = tour.application
    if application is not None and application.step is Step.BANK_CONFIRMED:
        for name, value in ANSWERS.items():
            if hands.reads(name) == value:
                tour.tell(f"found {name}")
                continue
            hands.tab_to(name)
            hands.press("Ctrl+A")
            hands.type(value)
            hands.press("Return")
            tour.tell(f"typed {name}")
            hands.rest()
        tour.shoot("form")
        hands.wait(lambda: hands.sees("primary"), "a complete form")
        hands.press("Ctrl+Return")
        hands.wait(lambda: _step(tour) is Step.FORM_ISSUED, "the printed form", 30.0)
    tour.shoot("form-out")
    hands.wait(lambda: hands.sees("primary"), "the form to come back")
    _go_on(tour, Station.FORM)


def check_materials(tour: "Tour") -> None:
    """All originals were seen."""
    hands = tour.hands
    hands.wait(lambda: hands.sees("all_seen") or hands.sees("primary"), "the checklist")
    hands.press_until("1", lambda: hands.sees("primary"), "a complete checklist")
    tour.shoot("materials")
    _go_on(tour, Station.MATERIALS)


def _is_asked(tour: "Tour", party: str) -> bool:
    return tour.hands.here == f"pad_{party}"


def _has_signed(tour: "Tour", party: str) -> bool:
    return tour.application is not None and tour.application.signed_by(party)


def sign(tour: "Tour") -> None:
    """Applicant and clerk sign on the pad."""
    hands = tour.hands
    for party in ("applicant", "clerk"):
        if _has_signed(tour, party):
            continue
        hands.wait(partial(_is_asked, tour, party), "the pad")
        hands.draw(f"pad_{party}", SIGNATURE)
        if party == "applicant":
            tour.shoot("sign")
        hands.press("Return")
        hands.wait(partial(_has_signed, tour, party), f"the {party}'s signature")
    hands.wait(lambda: hands.sees("primary") or tour.serving.here is not Station.SIGN, "both signatures")
    _go_on(tour, Station.SIGN)


def approve(tour: "Tour") -> None:
    """The supervisor signs off at this counter with an own password."""
    supervisor = training_point().account(Role.SUPERVISOR)
    hands = tour.hands
    hands.wait(lambda: hands.sees("supervisor_account"), "the approval page")
    hands.tab_to("supervisor_account")
    hands.press("Ctrl+A")
    hands.type(supervisor.name)
    hands.tab_to("supervisor_password")
    hands.type(supervisor.password)
    hands.wait(lambda: hands.sees("primary"), "the supervisor")
    tour.shoot("approve")
    _go_on(tour, Station.APPROVE)


def write_card(tour: "Tour") -> None:
    """Write the card, read it back, hand it over."""
    hands = tour.hands
    if _step(tour) is not Step.CARD_WRITTEN:
        hands.wait(lambda: hands.sees("primary"), "the card page", 30.0)
        hands.press("Ctrl+Return")
        tour.tell("writing card")
        hands.wait(lambda: _step(tour) is Step.CARD_WRITTEN, "the written card", 40.0)
    hands.wait(lambda: hands.sees("primary"), "the hand-over")
    tour.shoot("card")
    prove(tour)
    hands.press("Ctrl+Return")
    hands.wait(lambda: _step(tour) is Step.HANDED_OVER, "the hand-over")
    tour.shoot("handed-over")


def sync(tour: "Tour") -> None:
    """Wait until the centre proved that it holds everything."""
    window = tour.program.window
    # what the line said last may be older than the last act: the store knows what is unsent now
    tour.hands.wait(lambda: tour.store.unsent() == 0, "the centre's receipts", 60.0)
    window.wake_line()
    tour.hands.wait(lambda: window.line.running, "the last pass")
    tour.hands.wait(lambda: not window.line.running and window.line.up_to_date, "the centre's proof", 60.0)


AT: Final[dict[Station, "Callable[[Tour], None]"]] = {
    Station.IDENTITY: decide,
    Station.BANK: choose_bank,
    Station.PHOTO: take_photo,
    Station.FORM: fill_form,
    Station.MATERIALS: check_materials,
    Station.SIGN: sign,
    Station.APPROVE: approve,
    Station.CARD: write_card,
}


def _go_on(tour: "Tour", station: Station) -> None:
    tour.hands.press("Ctrl+Return")
    tour.hands.wait(lambda: tour.serving.here is not station, f"the step after {station.value}", 30.0)


def _step(tour: "Tour") -> Step | None:
    return tour.application.step if tour.application else None


def prove(tour: "Tour") -> None:
    """Read the card once more on its lane, hold every record against the application, and note what was found.

    Raises:
        DeskError: the card could not be read, as `prove_card` says.
        TooLong: no answer.
    """
    counter, application = tour.serving.counter, tour.application
    if application is None or application.card is None or tour.note is None:
        raise LookupError("no card was written")
    answers: list[tuple[ItemResult, ...] | DeskError] = []

    def read() -> tuple[ItemResult, ...]:
        return prove_card(counter, application, Cancel(), wait_s=5.0)

    tour.serving.run(READER, read, answers.append, answers.append)
    tour.hands.wait(lambda: answers, "the card's records", 30.0)
    proof = answers[0]
    if isinstance(proof, DeskError):
        raise proof
    found: dict[str, object] = {
        "apdus": application.card.apdus,
        "verified": all(item.standing is Standing.AS_PLANNED for item in proof),
        "items": [{"name": item.name, "state": item.standing.value} for item in proof],
    }
    tour.note = tour.note.proved(found, application.card.identification_code)
