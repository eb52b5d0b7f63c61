"""Loads a form from its folder: `form.toml` (questions, checks, words) and `paper.toml` (layout in mm).

A definition is taken whole or not at all: reading goes on after a problem, all of them are told, and one refuses it.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.operator import EditionUnknown, FormDefinitionWrong
from sscard_desk.forms.code_book import CODES, CodeBook
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.layout import PaperLayout
from sscard_desk.forms.load_paper import read_layout
from sscard_desk.forms.load_questions import Questions, read_questions
from sscard_desk.forms.needed import check_fields, check_lists
from sscard_desk.forms.node import Node
from sscard_desk.forms.placement import overlaps
from sscard_desk.forms.positions import Positions
from sscard_desk.forms.problems import Problems
from sscard_desk.forms.proof import Proof
from sscard_desk.forms.references import check_references
from sscard_desk.forms.schema import Schema
from sscard_desk.resources import form_folder, resource

FORM_FILE: Final = "form.toml"
PAPER_FILE: Final = "paper.toml"
EDITIONS: Final = "editions"
"""Folder inside a form's folder that holds its former editions, each in a folder named after it."""

_LETTER: Final = re.compile(r"[A-Z]", re.ASCII)
EDITION: Final = re.compile(r"[0-9A-Z][0-9A-Z.\-]{0,15}", re.ASCII)
"""What an edition may be called: it stands in the QR code of every page and names a folder."""


@dataclass(frozen=True)
class EditionFiles:
    """The files of one edition as they are delivered.

    Attributes:
        form: `form.toml`.
        paper: `paper.toml`.
        codes: code tables by name; what is not among them is the program's.
    """

    form: bytes
    paper: bytes
    codes: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckedForm:
    """What came of reading a definition.

    Attributes:
        name: the form.
        edition: as far as it could be read.
        letter: likewise.
        definition: None where anything is wrong.
        problems: everything that is wrong, by file and line.
    """

    name: str
    edition: str
    letter: str
    definition: FormDefinition | None
    problems: tuple[FormDefinitionWrong, ...]


def load_form(name: str, edition: str = "") -> FormDefinition:
    """Return a form that came with the program, read once.

    Args:
        name: folder of the form, for example `registration`.
        edition: a former edition; the present one where it is left out.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; file, line and field are named.
        EditionUnknown: this edition did not come with the program.
    """
    present = _read_once(form_folder(name))
    if edition in {"", present.edition}:
        return present
    folder = form_folder(name, EDITIONS, edition)
    if EDITION.fullmatch(edition) is None or not folder.is_dir():
        raise EditionUnknown(form=name, edition=edition)
    return _read_once(folder)


@cache
def shipped_forms() -> tuple[str, ...]:
    """Return the names of the forms that came with the program."""
    return tuple(sorted(path.parent.name for path in form_folder().glob(f"*/{FORM_FILE}")))


@cache
def shipped_editions(name: str) -> tuple[str, ...]:
    """Return the editions of a form that came with the program, the present one last."""
    folder = form_folder(name, EDITIONS)
    former = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return (*former, load_form(name).edition)


@cache
def _read_once(folder: Path) -> FormDefinition:
    return read_form(folder)


def read_form(folder: Path) -> FormDefinition:
    """Read the form in a folder.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; the first problem is named, and how many there are.
    """
    return _taken(check_form(folder))


def read_delivered(name: str, files: EditionFiles) -> FormDefinition:
    """Read a form whose files did not come as a folder; the same rules hold.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; the first problem is named, and how many there are.
    """
    return _taken(check_files(name, files))


def check_form(folder: Path, proof: Proof | None = None) -> CheckedForm:
    """Read the form in a folder and tell everything that is wrong with it.

    Args:
        folder: with `form.toml` and `paper.toml`.
        proof: tries what is sound otherwise on paper; left out where it came with the program.
    """
    former = folder.parent.name == EDITIONS
    problems = Problems()
    files = [_file(folder / name, problems) for name in (FORM_FILE, PAPER_FILE)]
    book = CodeBook(own_codes(folder), problems)
    name = folder.parent.parent.name if former else folder.name
    return _proved(_check(name, files, book, problems, folder if former else None), files[0], proof)


def check_files(name: str, files: EditionFiles) -> CheckedForm:
    """Tell everything that is wrong with a form whose files did not come as a folder."""
    problems = Problems()
    both = ((FORM_FILE, files.form), (PAPER_FILE, files.paper))
    texts = [_decoded(f"{name}/{file}", data, problems) for file, data in both]
    return _check(name, texts, CodeBook(files.codes, problems), problems, None)


def pack(folder: Path, proof: Proof | None = None) -> tuple[FormDefinition, EditionFiles]:
    """Return the form in a folder, and its files with every code table that it names, to be delivered.

    Args:
        folder: with `form.toml` and `paper.toml`.
        proof: tries the definition on paper.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; the first problem is named, and how many there are.
    """
    definition, own = _taken(check_form(folder, proof)), own_codes(folder)
    names = sorted({field.table for field in definition.fields if field.table})
    codes = {name: own[name] if name in own else resource(CODES, f"{name}.toml").read_bytes() for name in names}
    return definition, EditionFiles((folder / FORM_FILE).read_bytes(), (folder / PAPER_FILE).read_bytes(), codes)


def own_codes(folder: Path) -> dict[str, bytes]:
    """Return the code tables that lie with an edition, by name."""
    return {path.stem: path.read_bytes() for path in sorted((folder / CODES).glob("*.toml"))}


def _taken(checked: CheckedForm) -> FormDefinition:
    if checked.definition is None:
        raise Problems(list(checked.problems)).first()
    return checked.definition


def _file(path: Path, problems: Problems) -> Positions | None:
    try:
        return Positions.read(path)
    except FormDefinitionWrong as problem:
        problems.add(problem)
        return None


def _decoded(file: str, data: bytes, problems: Problems) -> Positions | None:
    try:
        return Positions.of(file, data)
    except FormDefinitionWrong as problem:
        problems.add(problem)
        return None


def _check(
    name: str, files: list[Positions | None], book: CodeBook, problems: Problems, former: Path | None
) -> CheckedForm:
    form, paper = (_root(file, problems) if file is not None else None for file in files)
    if form is None:
        return CheckedForm(name, "", "", None, problems.in_order())
    questions = read_questions(form, book)
    book.done()
    head = _Head(form, former)
    check_references(form, questions)
    layout = _layout(paper, questions) if paper is not None else None
    if not problems.found:
        check_fields(form, name, questions.fields)
        if paper is not None and layout is not None:
            check_lists(paper, name, layout)
    problems.drop_consequences()
    if layout is None or problems.found:
        return CheckedForm(name, head.edition, head.letter, None, problems.in_order())
    definition = FormDefinition(
        name=name,
        letter=head.letter,
        words=head.words,
        edition=head.edition,
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        sections=questions.sections,
        fields=questions.fields,
        checks=questions.checks,
        prose=questions.prose,
        paper=layout,
    )
    return CheckedForm(name, definition.edition, definition.letter, definition, ())


def _proved(checked: CheckedForm, file: Positions | None, proof: Proof | None) -> CheckedForm:
    """Refuse a sound definition whose own words cannot be drawn."""
    if checked.definition is None or file is None or proof is None:
        return checked
    problems = Problems()
    for trouble in proof(checked.definition):
        problems.add(file.wrong(trouble.path, trouble.reason, trouble.details, trouble.item))
    if not problems.found:
        return checked
    return replace(checked, definition=None, problems=problems.in_order())


def _root(file: Positions, problems: Problems, schema: Schema | None = None) -> Node | None:
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        problems.add(file.syntax(error))
        return None
    except RecursionError:  # the reader goes down with every bracket
        problems.add(file.nested())
        return None
    return Node(file, "", data, problems, schema=schema)


class _Head:
    """The keys at the top of `form.toml`."""

    def __init__(self, root: Node, former: Path | None) -> None:
        self.letter = root.shaped("letter", _LETTER, "letter_shape")
        self.words = root.words()
        self.edition = root.shaped("edition", EDITION, "edition_shape")
        self.valid_from = root.day("valid_from")
        self.valid_to = root.day_if("valid_to")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            root.refuse("valid_to", "ends_before_start", start=self.valid_from.isoformat())
        if former is not None and self.edition != former.name:
            root.refuse("edition", "not_the_folder", found=self.edition, folder=former.name)
        root.done()


def _layout(root: Node, questions: Questions) -> PaperLayout | None:
    try:
        layout = read_layout(root, questions.by_id, questions.section_ids, questions.paragraphs)
    except FormDefinitionWrong as problem:
        root.problems.add(problem)
        return None
    if root.sound:
        overlaps(root, layout)
    return layout


def observed_schemas(folders: Iterable[Path]) -> tuple[Schema, Schema]:
    """Return what the loader asks for in `form.toml` and in `paper.toml` while it reads these forms.

    Every key of a table is asked for whether it is there or not, so that a table has to stand in one of the forms only.

    Raises:
        FormDefinitionWrong: one of them breaks the schema.
    """
    of_form, of_paper = Schema(), Schema()
    for folder in folders:
        problems = Problems()
        form = _root(Positions.read(folder / FORM_FILE), problems, of_form)
        paper = _root(Positions.read(folder / PAPER_FILE), problems, of_paper)
        if form is not None and paper is not None:
            questions = read_questions(form, CodeBook())
            _Head(form, None)
            _layout(paper, questions)
        if problems.found:
            raise problems.first()
    return of_form, of_paper
