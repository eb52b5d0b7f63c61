"""The exchange by a stick over an open data folder."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sscard_desk.bootstrap.desk import OpenDesk
from sscard_desk.domain.errors.stick import StickMissing
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.stick import BroughtBack, TakenOut, Tell, Waiting
from sscard_desk.sync.stick.bring_in import bring_in
from sscard_desk.sync.stick.export import Steps, export_unsent
from sscard_desk.wire.stick.found import found


class FolderStick:
    """Fits `ports.stick.StickExchange`; `came` is called on the lane after the centre's files were read."""

    def __init__(self, desk: OpenDesk, came: Callable[[], None] = lambda: None) -> None:
        self._desk, self._came = desk, came

    def waiting(self) -> Waiting:
        """Return what there is to carry."""
        return Waiting(self._desk.store.unsent(), self._desk.store.waiting_bytes())

    def room(self, folder: Path) -> int:
        """Return how many bytes are free where a folder lies."""
        try:
            return shutil.disk_usage(folder).free
        except OSError as error:
            raise StickMissing from error

    def take_out(self, folder: Path, cancel: Cancel, tell: Tell) -> TakenOut:
        """Write what is unsent."""
        done = export_unsent(self._desk.store, self._desk.identity(), folder, Steps(cancel.check, tell))
        files = tuple((file.path.name, file.size) for file in done.files)
        return TakenOut(files, done.entries, done.blobs, len(done.unreadable))

    def bring_back(self, folder: Path, cancel: Cancel, tell: Tell) -> BroughtBack:
        """Bring in every file of the centre that is for this desk, in order."""
        store, identity = self._desk.store, self._desk.identity()
        paths = found([folder], "to-desk", identity.receipt_key, identity.desk)
        try:
            done = [bring_in(store, identity, path, Steps(cancel.check, tell)) for path in paths]
        finally:
            self._came()
        last = done[-1]
        return BroughtBack(
            files=tuple((path.name, one.again) for path, one in zip(paths, done, strict=True)),
            acknowledged=sum(one.acknowledged for one in done),
            set_aside=sum(one.set_aside for one in done),
            items=sum(one.items for one in done),
            blobs=sum(one.blobs for one in done),
            unsent=last.unsent + last.blobs_unsent,
            more=last.more,
            up_to_date=last.up_to_date,
        )
