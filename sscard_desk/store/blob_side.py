"""Pictures and scans: those that go to the centre, those that come, and files that nobody names."""

from collections.abc import Sequence

from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import BlobCounts
from sscard_desk.store import blobs
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.side import Side


class BlobSide(Side):
    """The desk's store, as far as it keeps pictures and scans."""

    def pending_blobs(self, limit: int) -> Sequence[BlobId]:
        """Return blobs that the centre is not known to have."""
        with reading(self._engine) as connection:
            return blobs.pending(connection, limit)

    def blob_counts(self) -> BlobCounts:
        """Return how many blobs the centre is not known to have, and how many are still to come from it."""
        with reading(self._engine) as connection:
            return blobs.counts(connection)

    def blob(self, blob: BlobId) -> bytes:
        """Return what is kept under this hash; what turns out to be lost is fetched with the next sync.

        Raises:
            BlobMissing, BlobDamaged: it is not there, or it is not what it was.
        """
        with reading(self._engine) as connection:
            sealed = blobs.find(connection, blob)
        if sealed is None:
            raise BlobMissing(blob=blob)
        try:
            return self._folder.read(blob, sealed)
        except (BlobMissing, BlobDamaged):
            with writing(self._engine) as connection:
                blobs.want_again(connection, blob)
            raise

    def blob_sent(self, sent: Sequence[BlobId]) -> None:
        """Note that the centre has these."""
        if not sent:
            return
        with writing(self._engine) as connection:
            blobs.mark_sent(connection, sent)

    def wanted_blobs(self, limit: int) -> Sequence[BlobId]:
        """Return blobs that applied entries refer to and that are not here yet; those asked for in vain last."""
        with reading(self._engine) as connection:
            return blobs.wanted(connection, limit)

    def blobs_asked(self, names: Sequence[BlobId]) -> None:
        """Note that these were asked for and did not come; others come before them the next time."""
        with writing(self._engine) as connection:
            blobs.note_asked(connection, names)

    def blobs_unread(self, names: Sequence[BlobId]) -> None:
        """Note that these could not be read for sending; others come before them the next time."""
        with writing(self._engine) as connection:
            blobs.note_unread(connection, names)

    def keep_blob(self, data: bytes) -> BlobId:
        """Keep a blob that came from the centre, also in the place of one that was damaged here.

        Raises:
            DiskFull, DiskTrouble: it was not kept.
        """
        blob = blobs.blob_id(data)
        sealed: blobs.Sealed | None = None
        old: str | None = None
        kept = False
        try:
            with writing(self._engine) as connection:
                sealed = self._folder.write(data)  # inside, where nobody sweeps it away
                old = blobs.drop_key(connection, blob)
                blobs.note(connection, blob, sealed, len(data), sent=True)
            kept = True
        finally:
            if not kept and sealed is not None:
                self._folder.remove(sealed.file)
        if old is not None:
            self._folder.remove(old)
        return blob

    def sweep(self) -> int:
        """Remove the files that no blob names, and return how many there were.

        A program that is killed in the middle of an act leaves them behind; their keys were never kept, so nobody can
        read them. Whoever writes a file does so inside a transaction that writes, so none is taken from under a program
        that works beside this one.
        """
        files = self._folder.files()
        with reading(self._engine) as connection:
            stray = files - blobs.named_files(connection)
        if not stray:
            return 0
        with writing(self._engine) as connection:
            stray = self._folder.files() - blobs.named_files(connection)
            for file in stray:
                self._folder.remove(file)
        return len(stray)
