"""What a desk does with editions of forms that a feed brings: pages applied to a real encrypted store."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.resources import form_folder, resource
from sscard_desk.store import form_editions
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.wire.feed import REFERENCE, write_row
from sscard_desk.wire.forms import KIND, FormEdition
from sscard_desk.wire.messages import FeedItem, FeedPage
from tests.store._desk import KEY

CENTRE = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
FORM, PAPER = ((form_folder("registration") / name).read_text(encoding="utf-8") for name in ("form.toml", "paper.toml"))
LATER = FormEdition("registration", "2026-7", FORM.replace('"2026-1"', '"2026-7"'), PAPER)


def item(edition: FormEdition, position: int = 1, **more: object) -> FeedItem:
    body = write_row(edition.row(CENTRE.sign(edition.sealed_bytes())))
    return FeedItem(
        **({"position": position, "kind": KIND, "id": edition.id, "version": position, "body": body} | more)
    )


def apply(desk: DeskStore, *items: FeedItem) -> None:
    after = desk.cursor(REFERENCE).position
    desk.apply_page(
        FeedPage(scope=REFERENCE, epoch="e", after=after, head=after + len(items), server_ms=0, items=items)
    )


def trust(desk: DeskStore) -> None:
    desk.set_setting("receipt_key", CENTRE.public_key().public_bytes_raw())


def refused(desk: DeskStore) -> dict[str, str]:
    return {each.edition: each.why for each in desk.refused_forms()}


def test_the_rest_of_the_page_is_applied_whatever_becomes_of_an_edition(desk: DeskStore) -> None:
    trust(desk)
    bank = FeedItem(position=3, kind="bank", id="01", version=1, body=write_row({"code": "01", "name": "示例银行"}))
    broken = replace(LATER, edition="2026-8", form_toml="[[field", paper_toml="")
    unreadable = FeedItem(position=1, kind=KIND, id="registration/2026-9", version=1, body=b"\xc1")
    apply(desk, unreadable, item(broken, 2), bank, item(LATER, 4))
    assert desk.cursor(REFERENCE).position == 4
    assert [row["name"] for row in desk.reference("bank")] == ["示例银行"]
    assert refused(desk) == {"2026-9": "unreadable", "2026-8": "definition"}
    assert desk.forms.of("registration", "2026-7").edition == "2026-7"


def test_what_an_older_program_refused_is_judged_again_by_a_newer_one(
    desk: DeskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(desk, item(LATER))
    assert refused(desk) == {"2026-7": "seal"}  # nothing to check the seal with yet
    trust(desk)
    desk.close()
    same = open_desk(tmp_path / "desk", KEY)
    assert refused(same) == {"2026-7": "seal"}
    same.close()
    monkeypatch.setattr(form_editions, "__version__", "99.0")
    newer = open_desk(tmp_path / "desk", KEY)
    assert refused(newer) == {}
    assert newer.forms.of("registration", "2026-7").edition == "2026-7"
    newer.close()


def test_a_note_goes_with_the_edition_that_the_centre_takes_back(desk: DeskStore) -> None:
    trust(desk)
    broken = replace(LATER, edition="2026-8", form_toml="[[field", paper_toml="")
    apply(desk, item(broken))
    assert refused(desk) == {"2026-8": "definition"}
    apply(desk, item(broken, 2, deleted=True, body=b""))
    assert refused(desk) == {}


@pytest.mark.parametrize("form", ["../registration", "shoes", ""])
def test_a_form_that_the_program_does_not_have_is_refused(desk: DeskStore, form: str) -> None:
    trust(desk)
    apply(desk, item(replace(LATER, form=form)))
    assert refused(desk) == {"2026-7": "unknown-form"}


def test_an_edition_under_another_items_name_is_refused(desk: DeskStore) -> None:
    trust(desk)
    apply(desk, item(LATER, id="confirmation/2026-7"))
    assert refused(desk) == {"2026-7": "seal"}


def test_the_row_of_an_edition_says_what_its_seal_covers() -> None:
    row = LATER.row(b"\x01" * 64)
    assert FormEdition.of(row) == LATER
    assert replace(LATER, paper_toml=PAPER + " ").sealed_bytes() != LATER.sealed_bytes()
    moved = replace(LATER, form_toml=FORM + PAPER[:1], paper_toml=PAPER[1:])
    assert moved.sha256 != replace(moved, form_toml=FORM, paper_toml=PAPER).sha256


def test_the_seal_covers_the_code_tables_by_name_and_content() -> None:
    told = replace(LATER, codes=(("pick_up", "a"), ("sex", "b")))
    assert FormEdition.of(told.row(b"")) == told
    others = [(("pick_up", "ab"), ("sex", "")), (("sex", "a"), ("sex", "b")), (("pick_up", "a"),), ()]
    digests = {told.sha256, *(replace(told, codes=codes).sha256 for codes in others)}
    assert len(digests) == len(others) + 1
    assert FormEdition.of(told.row(b"") | {"codes": "["}) == LATER


def test_a_changed_code_table_breaks_the_seal(desk: DeskStore) -> None:
    trust(desk)
    told = replace(LATER, codes=(("sex", resource("codes", "sex.toml").read_text(encoding="utf-8")),))
    forged = replace(told, codes=(("sex", told.codes[0][1].replace("女", "男")),))
    body = write_row(forged.row(CENTRE.sign(told.sealed_bytes())))
    apply(desk, item(told, body=body))
    assert refused(desk) == {"2026-7": "seal"}
    apply(desk, item(told, 2))
    assert (refused(desk), desk.forms.of("registration", "2026-7").field("sex").codes.knows("1")) == ({}, True)
