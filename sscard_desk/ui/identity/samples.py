"""The identity page in named states, for pictures and tests."""

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI, number
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.identify import identify_number, identify_person

STATES = (
    "differs",
    "one_decided",
    "decided",
    "reading",
    "not_read",
    "already_open",
    "second",
    "found",
    "nobody",
    "typing",
    "typed_rare_name",
    "permit",
    "opened",
)


def sample(name: str) -> Shell:  # noqa: C901 - one arm for each state
    """Return the window with the identity page in one state."""
    desk = SampleDesk()
    page = desk.pages.identity
    if name in {"differs", "one_decided", "decided", "reading", "not_read"}:
        desk.identify()
    if name == "one_decided":
        page.take()
    elif name == "decided":
        page.take()
        page.keep()
    elif name == "reading":
        page.read()
    elif name == "not_read":
        desk.runner.asleep = frozenset()
        page.read()
    elif name == "already_open":
        desk.record_until(Station.PHOTO)
        desk.identify()
    elif name == "second":
        desk.record_until(Station.PHOTO)
        desk.identify()
        page.take()
        page.keep()
        page.ask_leave()
    elif name == "found":
        desk.serving.receive(identify_person(LI_SI, desk.store))
    elif name == "nobody":
        unknown = number("11010119950817004")
        desk.serving.receive(identify_number(unknown, desk.counter.persons, desk.store))
    elif name in {"typing", "typed_rare_name"}:
        unknown = number("11010119950817004")
        desk.serving.receive(identify_number(unknown, desk.counter.persons, desk.store, "temporary_id_card"))
        page.typed("name", "王\U00020164英" if name == "typed_rare_name" else "王@")
        page.left("name")
        page.typed("valid_to", "2027-02-30" if name == "typing" else "长期")
        page.left("valid_to")
    elif name == "permit":
        desk.serving.receive(identify_number("USA110085051236", desk.counter.persons, desk.store))
    elif name == "opened":
        desk.until(Station.IDENTITY)
    return desk.shell
