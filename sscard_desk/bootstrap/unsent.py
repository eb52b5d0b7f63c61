"""What waits to be sent, over an open data folder."""

from sscard_desk.bootstrap.desk import OpenDesk
from sscard_desk.ports.unsent import Tried, UnsentAsked, UnsentPage
from sscard_desk.store.clock import moment
from sscard_desk.sync.attempts import kept
from sscard_desk.usecases import sending_again


class FolderUnsent:
    """Fits `ports.unsent.UnsentBook`."""

    def __init__(self, desk: OpenDesk) -> None:
        self._store = desk.store

    def page(self, asked: UnsentAsked) -> UnsentPage:
        """Return a page."""
        items, more, counts = self._store.unsent_page(asked)
        tries = kept(self._store)
        next_at = moment(tries.next_ms) if tries.next_ms else None
        return UnsentPage(items, more, counts, Tried(tries.tries, next_at, tries.of))

    def send_again(self, subject: str) -> None:
        """Send once more what the centre did not take of one application."""
        sending_again.send_again(self._store, subject)

    def send_all_again(self) -> int:
        """Send once more whatever is put right by that."""
        return sending_again.send_all_again(self._store)
