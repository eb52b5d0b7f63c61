"""The form page over the real store: an open application shows its own edition after a newer one came."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.events import Withdrawn
from sscard_desk.resources import form_folder
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.people import CLERK
from sscard_desk.wire.feed import REFERENCE, write_row
from sscard_desk.wire.forms import KIND, FormEdition
from sscard_desk.wire.messages import FeedItem, FeedPage
from tests.ui.letting_work import let_work
from tests.ui.navigation.test_real_store import folder, shown, store

__all__ = ["folder", "store"]  # fixtures
CENTRE = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
FORMER_POSTCODE = """id = "former_postcode"
section = "contact"
type = "postcode"
zh = "原邮编"
en = "Former postcode"

[[field]]
"""


def deliver(desk: DeskStore) -> None:
    desk.set_setting("receipt_key", CENTRE.public_key().public_bytes_raw())
    form, paper = (
        (form_folder("registration") / name).read_text(encoding="utf-8") for name in ("form.toml", "paper.toml")
    )
    later = form.replace('"2026-1"', '"2026-2"').replace("2026-01-01", "2026-01-02", 1)
    later = later.replace('id = "postcode"\n', FORMER_POSTCODE + 'id = "postcode"\n', 1)
    edition = FormEdition("registration", "2026-2", later, paper)
    body = write_row(edition.row(CENTRE.sign(edition.sealed_bytes())))
    item = FeedItem(position=1, kind=KIND, id=edition.id, version=1, body=body)
    desk.apply_page(FeedPage(scope=REFERENCE, epoch="e", after=0, head=1, server_ms=0, items=(item,)))
    assert desk.refused_forms() == []


def test_the_page_shows_the_edition_that_the_application_began_with(
    app: QApplication, store: DeskStore, tmp_path: Path
) -> None:
    desk = shown(store)
    old = desk.record_until(Station.FORM)
    deliver(store)
    desk.serving.open(old.id)
    desk.serving.go(Station.FORM)
    let_work()
    assert desk.pages.form._state.edition == "2026-1"
    assert desk.shell.findChild(QWidget, "former_postcode") is None
    desk.serving.wait()
    let_work()
    with store.work(CLERK.account) as work:
        work.record(Withdrawn(), subject=old.id)
    new = desk.record_until(Station.FORM)
    assert (old.editions["registration"], new.editions["registration"]) == ("2026-1", "2026-2")
    desk.serving.open(new.id)
    desk.serving.go(Station.FORM)
    let_work()
    assert desk.pages.form._state.edition == "2026-2"
    assert desk.shell.findChild(QWidget, "former_postcode") is not None
