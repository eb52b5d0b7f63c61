"""The kinds of documents that are scanned: every material has one, and what is wrong is refused by its key."""

from pathlib import Path

import pytest

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms import case_files
from sscard_desk.forms.document_kinds import Cut, Layout, document_kinds, kind_for
from sscard_desk.forms.materials import materials
from sscard_desk.resources import resource


def test_every_material_has_a_kind_and_every_named_material_exists() -> None:
    known = {each.id for each in materials()}
    for kind in document_kinds():
        assert set(kind.materials) <= known
    for material in known:
        kind = kind_for(material)
        assert (kind.layout is Layout.CARDS) is (material in document_kinds()[0].materials)
        assert (kind.cut is Cut.CARD) is (kind.card_width > 0)
        assert kind.layout is Layout.PAGES or len(kind.sides) == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('layout = "cards"', 'layout = "book"', "layout"),
        ("dpi = 300", "dpi = 30", "dpi"),
        ("quality = 80", "qualty = 80", "qual"),
        ('id = "pages"', 'id = "id_card"', "id"),
    ],
)
def test_a_wrong_file_is_refused_by_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, key: str
) -> None:
    text = resource("cases", "documents.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "documents.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(case_files, "resource", lambda _folder, name: tmp_path / name)
    document_kinds.cache_clear()
    try:
        with pytest.raises(FormDefinitionWrong) as raised:
            document_kinds()
    finally:
        document_kinds.cache_clear()
    assert key in raised.value.field
    assert raised.value.file.endswith("documents.toml")
