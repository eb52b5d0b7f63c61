"""Every error has a code of its own, a text in each language and a line in the docs."""

import importlib
import pickle
import pkgutil
import string
from dataclasses import fields

import pytest

from sscard_desk.domain import errors
from sscard_desk.domain.errors import (
    CardholderCanFix,
    CentreTrouble,
    DeskError,
    DeviceTrouble,
    OperatorCanFix,
    StoreTrouble,
)
from sscard_desk.resources import root
from sscard_desk.texts import LANGUAGES, Catalogue, Language

for module in pkgutil.iter_modules(errors.__path__):
    importlib.import_module(f"{errors.__name__}.{module.name}")

FAMILIES = {"E1": OperatorCanFix, "E2": CardholderCanFix, "E3": DeviceTrouble, "E4": CentreTrouble, "E5": StoreTrouble}
MEANINGS = {"E305": {"meaning"}, "E392": {"meaning"}, "E393": {"meaning"}}
"""What is put into words from a number while an error is described."""

LEAVES = DeskError.leaves()
IDS = [f"{leaf.code}-{leaf.__name__}" for leaf in LEAVES]


def test_no_code_is_used_twice() -> None:
    codes = [leaf.code for leaf in LEAVES]
    assert len(codes) == len(set(codes)) > 50


@pytest.mark.parametrize("leaf", LEAVES, ids=IDS)
def test_a_code_says_the_family(leaf: type[DeskError]) -> None:
    assert issubclass(leaf, FAMILIES[leaf.code[:2]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leaf", LEAVES, ids=IDS)
def test_each_error_says_what_happened_and_what_to_do(leaf: type[DeskError], language: Language) -> None:
    texts = Catalogue(language)
    known = {f.name for f in fields(leaf)} | MEANINGS.get(leaf.code, set())
    for part in ("message", "advice"):
        text = texts(f"errors.{leaf.code}.{part}")
        assert text
        assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_speaks_of_an_error_that_does_not_exist(language: Language) -> None:
    codes = {name.partition(".")[0] for name in Catalogue(language).subject("errors")}
    assert codes == {leaf.code for leaf in LEAVES}


@pytest.mark.parametrize("leaf", LEAVES, ids=IDS)
def test_each_error_stands_in_the_docs(leaf: type[DeskError]) -> None:
    assert f"| {leaf.code} | {leaf.__name__} |" in (root() / "docs" / "errors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("leaf", LEAVES, ids=IDS)
def test_an_error_crosses_a_process_border_whole(leaf: type[DeskError]) -> None:
    error = leaf(**{f.name: f"<{f.name}>" for f in fields(leaf)})
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is leaf
    assert copy.values() == error.values()
