"""What one desk printed and spoiled is known at the other desks of the point, and the centre keeps it."""

from datetime import datetime
from pathlib import Path

from sscard_desk.devices.printer.folder import FolderPrinter
from sscard_desk.domain.prints import PrintState
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.prints import BEIJING, spoil, spoiled_papers
from tests.usecases.print_room import Follower, begun
from tests.usecases.test_prints import paper

from .test_approval_elsewhere import CLERK, desks, exchange  # noqa: F401 - a fixture


def test_prints_and_spoiled_sheets_of_another_desk_arrive_through_the_feed(
    desks: tuple[DeskStore, DeskStore],  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    first, second = desks
    printer = FolderPrinter(tmp_path)
    application = begun(first, CLERK)
    record = Follower(first, CLERK, printer).one(paper(first, application))
    spoil(first, CLERK, record, "2")
    exchange(first)
    exchange(second)
    (here,) = second.prints(application.id)
    assert (here.state, here.serial, here.spoiled, here.desk) == (PrintState.COMPLETED, record.serial, "2", "D-0001")
    assert second.unended_prints() == []
    assert [row.by for row in spoiled_papers(second, datetime.now(BEIJING).date())] == [CLERK.display_name]
    assert paper(second, second.application(application.id)).plan.copy == 2
    assert second.conflicts() == []
