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
    elif name == "opened":
        desk.until(Station.IDENTITY)
    return desk.shell
