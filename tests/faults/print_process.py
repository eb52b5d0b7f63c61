"""A program that prints one paper and says what it hears, to be killed by a test.

`python -m tests.faults.print_process FOLDER ADDRESS APPLICATION`: data folder, printer's address, application key.
"""

import sys
from dataclasses import replace
from pathlib import Path

from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.domain.ids import AccountId, ApplicationId, Role
from sscard_desk.forms.load import load_form
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.opening import open_desk
from sscard_desk.usecases.follow_prints import wait_for_news
from sscard_desk.usecases.prints import Drawn, note_state, order_prints, plan_print

KEY = bytes(range(32))
PDF = b"%PDF-1.4\n1 0 obj << /Type /Page >>\n"


class Clerk:
    """Who prints."""

    account = AccountId("c" * 32)
    display_name = ""
    role = Role.CLERK

    def sign(self, data: bytes) -> bytes:
        return data


def main() -> None:
    folder, address, application = sys.argv[1:4]
    store, printer, clerk = open_desk(Path(folder), KEY), CupsPrinter(address), Clerk()
    found = store.application(ApplicationId(application))
    plan = plan_print(found, store.prints(found.id), load_form("registration"), "d")
    record = order_prints(store, clerk, printer.name, [Drawn(plan, PDF, 1)])[0]
    while not record.state.ended:
        now = record
        (news,) = wait_for_news(printer, lambda: [now], lambda _: PDF, Cancel())  # noqa: B023 - called at once
        record = replace(note_state(store, clerk, record, news.state, news.job), state=news.state)
        print(record.state.value, record.job, flush=True)  # noqa: T201 - what the test waits for


if __name__ == "__main__":
    main()
