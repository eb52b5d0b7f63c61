"""The docs are held against the code."""

import re
import tomllib

import pytest

from sscard_desk.cli.run import VERBS
from sscard_desk.resources import resource, root
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Catalogue
from sscard_desk.training.point import training_point

ARCHITECTURE = (root() / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = sorted(p.parent.name for p in (root() / "sscard_desk").glob("*/__init__.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_the_architecture_names_every_package(package: str) -> None:
    assert f"`sscard_desk.{package}`" in ARCHITECTURE


def test_the_architecture_names_no_package_that_is_gone() -> None:
    named = set(re.findall(r"`sscard_desk\.([a-z_]+)`", ARCHITECTURE))
    assert named - {"__main__", "resources"} == set(PACKAGES)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_command_line_reference_has_every_verb(verb: str) -> None:
    assert f"## {verb}\n" in (root() / "docs" / "cli.md").read_text(encoding="utf-8")


def test_the_training_accounts_stand_in_the_command_line_reference() -> None:
    text = (root() / "docs" / "cli.md").read_text(encoding="utf-8")
    for account in training_point().accounts:
        assert f"| {account.name} | {account.role.value} | {account.password} |" in text


def test_both_languages_have_the_same_texts_with_the_same_fields() -> None:
    subjects = {path.stem for path in resource("texts", SIMPLIFIED_CHINESE).glob("*.toml")}
    assert subjects == {path.stem for path in resource("texts", ENGLISH).glob("*.toml")}
    zh, en = Catalogue(SIMPLIFIED_CHINESE), Catalogue(ENGLISH)
    fields = re.compile(r"{(\w+)")
    for subject in sorted(subjects):
        left, right = zh.subject(subject), en.subject(subject)
        assert left.keys() == right.keys(), subject
        for name, text in left.items():
            assert set(fields.findall(text)) == set(fields.findall(right[name])), f"{subject}.{name}"


def test_no_lock_file_names_an_index() -> None:
    for path in (root() / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8")


def test_the_project_file_is_readable_without_the_program() -> None:
    assert tomllib.loads((root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"] == "sscard-desk"
