"""A scope as one static file: made once, served to every desk that starts, then only deltas follow."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

import msgspec

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import feeds
from sscard_desk.disk import write_named, write_whole
from sscard_desk.wire.erasure import KIND as ERASURE
from sscard_desk.wire.feed import write_snapshot
from sscard_desk.wire.messages import SnapshotInfo

STALE_AFTER = 5_000
"""A file this many positions behind its scope is made anew when it is asked for."""

_NOTE = "made"

_making = Lock()


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What stands beside a file: what it holds, and how long it is, in bytes."""

    info: SnapshotInfo
    size: int


class _Measured:
    """Bytes that go by piece by piece, with their hash and their size once all have."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._hash, self.size = pieces, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._hash.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def build_snapshot(centre: OpenCentre, scope: str) -> SnapshotInfo | None:
    """Make the file of a scope as it stands now; None if there is no such scope."""
    with _making, centre.database.reading() as connection:
        proofs = feeds.proofs(connection, [scope])
        if not proofs:
            return None
        folder = _folder(centre, scope)
        folder.mkdir(parents=True, exist_ok=True)
        body = _Measured(write_snapshot(feeds.whole(connection, scope)))
        write_named(folder, body, lambda: f"{body.sha256}.zst")
        info = SnapshotInfo(
            scope=scope,
            epoch=proofs[0].epoch,
            position=proofs[0].position,
            count=proofs[0].count,
            sha256=body.sha256,
        )
        write_whole(folder / _NOTE, [msgspec.msgpack.encode(_Made(info, body.size))])
    for old in [*folder.glob("*.zst"), *folder.glob("*.part")]:
        if old.stem != info.sha256 and old.stat().st_mtime < (folder / _NOTE).stat().st_mtime - 3600:
            old.unlink(missing_ok=True)
    return info


def current_snapshot(centre: OpenCentre, scope: str) -> SnapshotInfo | None:
    """Return the newest file of a scope, made now if there is none or it is far behind; None without such a scope."""
    with centre.database.reading() as connection:
        heads = feeds.heads(connection, [scope])
    if not heads:
        return None
    info = _whole_one(centre, scope)
    if info is None:
        return build_snapshot(centre, scope)
    near = heads[0].head - info.position <= STALE_AFTER and info.position >= heads[0].compacted
    fresh = info.epoch == heads[0].epoch and near
    if fresh and _erased_since(centre, scope, info.position):
        forget_snapshots(centre, [scope])  # made by another instance, or before: what was erased stands in it
        fresh = False
    return info if fresh else build_snapshot(centre, scope)


def snapshot_file(centre: OpenCentre, scope: str, sha256: str) -> Path | None:
    """Return where a file lies, or None; an older one stays for an hour, so that a broken load can go on."""
    path = _folder(centre, scope) / f"{sha256}.zst"
    named_right = len(sha256) == hashlib.sha256().digest_size * 2 and sha256.isalnum()
    return path if named_right and path.exists() else None


def forget_snapshots(centre: OpenCentre, scopes: Iterable[str]) -> None:
    """Remove the files of scopes, older ones too: something in them was erased."""
    for scope in scopes:
        folder = _folder(centre, scope)
        for file in [folder / _NOTE, *folder.glob("*.zst")]:
            file.unlink(missing_ok=True)


def _whole_one(centre: OpenCentre, scope: str) -> SnapshotInfo | None:
    """Return the newest file of a scope, None where there is none or a disk lost a part of it."""
    folder = _folder(centre, scope)
    try:
        made = msgspec.msgpack.decode((folder / _NOTE).read_bytes(), type=_Made)
        size = (folder / f"{made.info.sha256}.zst").stat().st_size
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return made.info if size == made.size else None


def _erased_since(centre: OpenCentre, scope: str, position: int) -> bool:
    with centre.database.reading() as connection:
        return feeds.newest_of(connection, scope, ERASURE) > position


def _folder(centre: OpenCentre, scope: str) -> Path:
    # a scope's name is no file name everywhere
    return centre.folder / "snapshots" / hashlib.sha256(scope.encode()).hexdigest()[:32]
