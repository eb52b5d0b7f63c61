"""Synthetic persons: valid, distinct, repeatable, and with every difficulty on board."""

from datetime import date

import pytest

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.id_card import IdCardKind
from sscard_desk.domain.numbers.citizen_id import parse_id_number
from sscard_desk.domain.person import Person
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import CAST, DISTRICTS, MOST, TODAY, persons


@pytest.fixture(scope="module")
def town() -> list[Person]:
    return list(persons(12_000))


def test_every_number_is_valid_and_says_what_the_row_says(town: list[Person]) -> None:
    for person in town:
        number = parse_id_number(person.id_number, today=TODAY)
        assert (number.birth, number.sex, number.kind, number.warnings) == (
            person.birth,
            person.sex,
            person.document_kind,
            (),
        )


def test_no_number_and_no_key_comes_twice(town: list[Person]) -> None:
    assert len({p.id_number for p in town}) == len({p.key for p in town}) == len(town)


def test_the_same_seed_gives_the_same_rows_however_many_are_asked_for(town: list[Person]) -> None:
    assert list(persons(300)) == town[:300]
    assert list(persons(50, seed=7)) != town[:50]


def test_documents_are_valid_on_the_generated_day_and_not_older_than_their_holders(town: list[Person]) -> None:
    for person in town:
        assert person.birth <= person.valid_from <= TODAY
        assert person.valid_to is None or person.valid_to > TODAY
    assert any(p.valid_to is None for p in town)


def test_the_town_holds_children_old_people_minorities_and_foreigners(town: list[Person]) -> None:
    assert {p.document_kind for p in town} == {
        DocumentKind.CITIZEN,
        DocumentKind.HMT_RESIDENT,
        DocumentKind.FOREIGN_2023,
    }
    assert {"01", "05", "04", "02", "08"} <= {p.ethnic for p in town}
    assert any(p.birth > date(2019, 1, 1) for p in town)
    assert any(p.birth < date(1940, 1, 1) for p in town)
    assert {p.region for p in town} == set(DISTRICTS)


def test_names_bring_their_difficulties(town: list[Person]) -> None:
    names = [p.name for p in town[: len(CAST)]]
    assert any(len(n) == 2 for n in (p.name for p in town))
    assert any("·" in n for n in names)
    assert any(ord(c) > 0xFFFF for n in names for c in n)
    assert any(not _in_gbk(c) and ord(c) < 0x10000 for n in names for c in n)
    assert any(len(n.encode("gb18030")) > 30 for n in names)
    assert {n[0] for n in names} >= set("单曾解仇")


def test_nobody_can_be_called_on_a_real_telephone(town: list[Person]) -> None:
    assert {p.phone[:3] for p in town} == {"140"}
    assert all(p.address.startswith("示例市") for p in town)


def test_more_persons_than_numbers_are_refused() -> None:
    with pytest.raises(ValueError):
        next(persons(MOST + 1))


def test_a_repr_holds_nothing_personal(town: list[Person]) -> None:
    shown = repr(town[0])
    assert town[0].name not in shown
    assert town[0].id_number not in shown


def test_every_person_has_an_id_card_that_fits_its_fields(town: list[Person]) -> None:
    for person in town[:1200]:
        card = id_card_of(person)
        assert card.kind.value == person.document_kind
        assert len(card.name.encode("utf-16-le")) <= 30
        assert len(card.address.encode("utf-16-le")) <= 70
        assert len(card.photo_wlt) == 1024
        assert (card.kind is IdCardKind.FOREIGN_2023) == bool(card.name_latin and card.nationality)


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
