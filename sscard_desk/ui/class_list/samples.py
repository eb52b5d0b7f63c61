"""The page for class lists in named states, for pictures and tests."""

from sscard_desk.domain.prints import PrintState
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell

STATES = (
    "empty",
    "checking",
    "checked",
    "all_rows",
    "question",
    "unreadable",
    "importing",
    "imported",
    "drawing",
    "printing",
    "printed",
    "again",
)
FILE = "示例市第一实验小学 三年级（2）班.xlsx"


def sample(name: str) -> Shell:  # noqa: C901 - one arm for each state
    """Return the window with the page in one state."""
    desk = SampleDesk()
    page = desk.pages.class_list
    desk.pages.go_to_class_list()
    if name == "empty":
        return desk.shell
    if name == "checking":
        desk.runner.asleep |= {"paper"}
    page.take_file("old.xls" if name == "unreadable" else FILE)
    if name in {"checking", "checked", "unreadable"}:
        return desk.shell
    if name == "all_rows":
        page.show("all")
        return desk.shell
    if name == "importing":
        desk.runner.asleep |= {"store"}
    page.go_on()
    if name == "question":
        return desk.shell
    desk.answer_question(act=True)
    if name in {"importing", "imported"}:
        return desk.shell
    if name == "drawing":
        desk.runner.asleep |= {"paper"}
    if name == "printing":
        desk.printer.state = PrintState.PRINTING
    page.go_on()
    if name == "again":
        page.go_on()
    return desk.shell
