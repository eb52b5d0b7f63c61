"""The feed's end: pages and whole lists of the centre come into the tables, and what stands there is proved."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Cursor, Staged
from sscard_desk.store import feed
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.facts import derived
from sscard_desk.store.side import OpenFolder, Side
from sscard_desk.store.staging import CARRIED, CARRIED_LABEL, FILE, LABEL, Staging
from sscard_desk.wire.erasure import KIND as ERASURE
from sscard_desk.wire.feed import Readable, read_snapshot
from sscard_desk.wire.messages import FeedItem, FeedPage, ScopeProof, SnapshotInfo


class FeedSide(Side):
    """The desk's store, as far as the centre fills it."""

    def __init__(self, opened: OpenFolder) -> None:
        super().__init__(opened)
        place = opened.folder.path.parent
        self._staging = Staging(place / FILE, lambda: derived(self._key, LABEL))
        self._carried = Staging(place / CARRIED, lambda: derived(self._key, CARRIED_LABEL))
        for each in (self._staging, self._carried):
            each.forget(self._has_passed)

    def scopes(self) -> Sequence[str]:
        """Return the feed scopes this desk follows, in order of id."""
        with reading(self._engine) as connection:
            return feed.followed(connection)

    def follow(self, scopes: Sequence[str]) -> None:
        """Follow these feed scopes and no others from here on (enrolment says which)."""
        with writing(self._engine) as connection:
            feed.follow(connection, scopes)

    def cursor(self, scope: str) -> Cursor:
        """Return how far a scope was applied; position 0 and an empty epoch before the first page."""
        if feed.holds_persons(scope):
            return self.persons.cursor(scope)
        with reading(self._engine) as connection:
            return feed.cursor(connection, scope)

    def apply_page(self, page: FeedPage) -> None:
        """Apply a page and move the cursor in one transaction.

        Raises:
            FeedBroken: a gap, another epoch, a position past the page's head, or an item that cannot be read.
        """
        try:
            if feed.holds_persons(page.scope):
                feed.need_next(page, self.persons.cursor(page.scope))
                self.persons.apply(page)
            else:
                with writing(self._engine) as connection:
                    feed.apply(connection, page, self._facts, self.clock.now(), training=self._facts.training)
        except ValueError as error:
            raise FeedBroken(scope=page.scope) from error
        if any(item.kind == ERASURE for item in page.items):
            self._eraser.carry_out()

    def stage(self, info: SnapshotInfo) -> Staged:
        """Return the file in which a scope's snapshot comes, with what came of it before a restart.

        An older one is gone on with where it is of the same epoch and not behind what is here: on a slow line a newer
        one would come again and again before any is whole.

        Raises:
            DiskFull, DiskTrouble: nothing can be kept.
        """
        at = self.cursor(info.scope)
        return self._staging.begin(
            info, lambda old: old.epoch == info.epoch and (at.epoch != old.epoch or at.position <= old.position)
        )

    def stage_carried(self, info: SnapshotInfo) -> Staged:
        """Return an empty file for a scope's snapshot that a stick brings; what a kill left of one before goes.

        Raises:
            DiskFull, DiskTrouble: nothing can be kept.
        """
        staged = self._carried.begin(info, lambda _older: False)
        staged.clear()
        return staged

    def _has_passed(self, info: SnapshotInfo) -> bool:
        at = self.cursor(info.scope)
        return at.epoch == info.epoch and at.position >= info.position

    def load_snapshot(
        self, info: SnapshotInfo, body: bytes | Readable, told: Callable[[int], None] = lambda _done: None
    ) -> None:
        """Replace a scope by its snapshot and set the cursor to the snapshot's position.

        Args:
            info: what it is; its hash was checked.
            body: the file, or where it is read from.
            told: is given how many items are in place so far; an exception of it ends the load, and what was there
                before stays.

        Raises:
            FeedBroken: the file cannot be read or is not whole; what was there before stays.
        """
        try:
            if feed.holds_persons(info.scope):
                self.persons.load(info, _counted(read_snapshot(body), told))
            else:
                with writing(self._engine) as connection:
                    own, training = self._facts, self._facts.training
                    feed.load(
                        connection, info, _counted(read_snapshot(body), told), own, self.clock.now(), training=training
                    )
        except ValueError as error:
            raise FeedBroken(scope=info.scope) from error
        self._eraser.carry_out()

    def proof(self, scope: str) -> ScopeProof:
        """Return count and order-free hash of what stands in the tables for this scope, tombstones included."""
        if feed.holds_persons(scope):
            return self.persons.proof(scope)
        with reading(self._engine) as connection:
            return feed.proof(connection, scope)


def _counted(blocks: Iterable[list[FeedItem]], told: Callable[[int], None]) -> Iterator[list[FeedItem]]:
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        told(done)
