"""`unsent` on a real desk: each item with its last error, its tries and the next, and a set-aside one sent again."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from sscard_desk.cli import unsent
from sscard_desk.domain import events
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.sync import attempts
from sscard_desk.sync.attempts import Attempts
from tests.cli.said import Said
from tests.cli.shapes import differs, shapes
from tests.store import _desk as a
from tests.store.test_sync_sides import refused

AT_MS, NEXT_MS, NEXT = 1_795_000_000_000, 1_795_000_060_000, "2026-11-18T11:07:40+00:00"
BROKEN = "E401"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskStore]:
    made = a.make_desk(tmp_path / "desk")

    @contextmanager
    def signed_in(_words: argparse.Namespace) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(store=made)

    monkeypatch.setattr(unsent, "signed_in", signed_in)
    yield made
    made.close()


def asked(*retry: int) -> Said:
    said = unsent.run(argparse.Namespace(retry=list(retry)))
    assert isinstance(said, dict)
    assert differs(said, shapes()["unsent"]) == []
    return said


def photographed(store: DeskStore, picture: bytes) -> str:
    subject = a.begin(store, id_number=f"{len(picture):018d}")
    with store.work(a.CLERK) as work:
        photo = work.put_blob(picture)
        work.record(events.PhotoAttached(photo=photo, source="camera", size=len(picture)), subject=subject)
    return photo


def test_each_item_has_its_last_error_its_tries_and_the_next_try(store: DeskStore) -> None:
    tried = photographed(store, b"tried")
    attempts.keep(store, Attempts().after(BROKEN, AT_MS, NEXT_MS, 2).after(BROKEN, AT_MS, NEXT_MS, 2))
    later = photographed(store, b"later on")
    store.settle([refused(store.pending_entries(1, 1_000_000)[0])], AT_MS)
    said = asked()
    found = {one["seq"]: (one["state"], one["tries"], one["last_error"], one["next_try"]) for one in said["entries"]}
    waits = ("waiting", 0, None, NEXT)
    assert found == {
        1: ("set_aside", None, "step-not-allowed", None),
        2: ("waiting", 2, BROKEN, NEXT),
        3: waits,
        4: waits,
    }
    blobs = {one["sha256"]: (one["tries"], one["last_error"], one["next_try"]) for one in said["blobs"]}
    assert blobs == {tried: (2, BROKEN, NEXT), later: (0, None, NEXT)}
    assert all(one["application"] for one in said["blobs"])


def test_what_was_set_aside_is_sent_again_when_somebody_says_so(store: DeskStore) -> None:
    a.begin(store)
    store.settle([refused(store.pending_entries(1, 1_000_000)[0])], AT_MS)
    assert (asked()["set_aside"], len(store.pending_entries(9, 1_000_000))) == (1, 0)
    assert (asked(1)["set_aside"], len(store.pending_entries(9, 1_000_000))) == (0, 1)
