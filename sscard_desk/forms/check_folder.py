"""Checks a folder of forms whole: every form, each of its editions, and what has to differ between them."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.operator import FormDefinitionWrong, FormUnknown
from sscard_desk.forms.load import EDITIONS, FORM_FILE, PAPER_FILE, CheckedForm, check_form
from sscard_desk.forms.positions import Positions
from sscard_desk.forms.proof import Proof

_FILES: Final = (FORM_FILE, PAPER_FILE)


def check_folder(folder: Path, proof: Proof | None = None) -> tuple[CheckedForm, ...]:
    """Check one form's folder, or a folder with one folder for each form; former editions are checked too.

    Args:
        folder: with `form.toml` and `paper.toml` in it, or in folders inside it.
        proof: tries on paper what is sound otherwise.

    Returns:
        What came of each edition of each form, forms by name, the present edition first.

    Raises:
        FormUnknown: there is no definition in this folder.
    """
    forms = [folder] if _holds_form(folder) else _inside(folder)
    if not forms:
        raise FormUnknown(name=str(folder))
    present = [check_form(each, proof) for each in forms]
    return tuple(
        checked
        for each, newest in zip(forms, _letters(forms, present), strict=True)
        for checked in (newest, *(check_form(former, proof) for former in _inside(each / EDITIONS)))
    )


def _holds_form(folder: Path) -> bool:
    return any((folder / name).exists() for name in _FILES)


def _inside(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if _holds_form(each)) if folder.is_dir() else []


def _letters(folders: list[Path], forms: list[CheckedForm]) -> list[CheckedForm]:
    """Note forms whose serials could not be told apart."""
    owners: dict[str, str] = {}
    checked: list[CheckedForm] = []
    for folder, form in zip(folders, forms, strict=True):
        owner = owners.setdefault(form.letter, form.name)
        taken = bool(form.letter) and owner != form.name
        checked.append(_refused(form, _taken(folder, form, owner)) if taken else form)
    return checked


def _taken(folder: Path, form: CheckedForm, owner: str) -> FormDefinitionWrong:
    details = (("letter", form.letter), ("other", owner))
    return Positions.read(folder / FORM_FILE).wrong("letter", "letter_taken", details)


def _refused(form: CheckedForm, problem: FormDefinitionWrong) -> CheckedForm:
    return replace(form, definition=None, problems=(*form.problems, problem))
