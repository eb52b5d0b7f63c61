"""Run as a program: act until no file may grow any more, then say which error that was and how far it came."""

import resource
import sys
from pathlib import Path

from sscard_desk.domain.errors import StoreTrouble
from sscard_desk.store.opening import open_desk
from tests.store import _desk as a


def main(folder: Path, limit: int) -> None:
    """Print the code of the error, how many applications were said to be kept, and whether all can still be read."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    store = open_desk(folder, a.KEY)
    kept = []
    code = ""
    while not code:
        try:
            with store.work(a.CLERK) as work:
                work.put_blob(len(kept).to_bytes(4) * 5_000)
                subject = a.new_subject()
                work.record(a.opened(work.next_application_number()), subject=subject)
            kept.append(subject)
        except StoreTrouble as trouble:
            code = trouble.code
    readable = all(store.application(subject).id == subject for subject in kept)
    print(code, len(kept), readable)  # noqa: T201 - the channel to the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
