"""A program that does one way of bringing things in, and says when it begins, to be killed by a test.

`restore PLACE HOME CODE`, `stick FOLDER STICK`, or `list CENTRE TABLE`.
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap.restore import NewPlace, restore
from sscard_desk.central.admin import jobs
from sscard_desk.central.centre import open_centre
from sscard_desk.cli.central_tools import admin_tools
from sscard_desk.domain.errors import DeskError
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.stick.bring_in import bring_in
from sscard_desk.wire.stick.found import found
from tests.faults.kill_ways import BEGUN, ENDED
from tests.machines.counter import REGION

KEY: Final = bytes(range(32))
LOGIN, PASSWORD = "chen", "correct horse battery"
NEW_NO: Final = 9


def main() -> None:
    what, *words = sys.argv[1:]
    ways: dict[str, Callable[..., None]] = {"restore": _restore, "stick": _stick, "list": _list}
    ways[what](*words)
    _say(ENDED)


def _restore(place: str, home: str, code: str) -> None:
    _say(BEGUN)
    restore(Path(place), "", LOGIN, PASSWORD, NewPlace(Path(home), code, NEW_NO))


def _stick(folder: str, stick: str) -> None:
    store = open_desk(Path(folder), KEY)
    identity = DeskIdentity.load(store, store.desk, training=True)
    _say(BEGUN)
    for path in found([Path(stick)], "to-desk", identity.receipt_key, identity.desk):
        bring_in(store, identity, path)
    store.close()


def _list(folder: str, table: str) -> None:
    """Bring a register in as the page does: the upload is there, and its thread takes it."""
    centre = open_centre(Path(folder))
    upload = jobs.upload_folder(centre) / "upload.part"
    upload.write_bytes(Path(table).read_bytes())
    _say(BEGUN)
    name = jobs.begin(centre, admin_tools(), upload, operator="li.ming", kind="persons", place=REGION)
    for thread in threading.enumerate():
        if thread.name == f"list-{name[:8]}":
            thread.join()
    centre.close()


def _say(word: str) -> None:
    print(word, flush=True)  # noqa: T201 - what the test waits for


if __name__ == "__main__":
    try:
        main()
    except DeskError as refused:
        _say(refused.code)
        sys.exit(1)
