"""`forms check` and `forms preview`: definitions of forms; a data folder is opened with `--account` alone."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sscard_desk.cli.forms_here import account_arguments, delivered, desk_of
from sscard_desk.cli.spoken import language_here
from sscard_desk.cli.verb import Failed, Result, Verb

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.forms.answer_file import AnswerFile
    from sscard_desk.forms.definition import FormDefinition
    from sscard_desk.paper import PdfPaper

DPI: Final = 150
SAMPLE_APPLICATION: Final = "4201-03-26-00123-2"
"""The application number of previews; it stands in the training point's documents as well."""


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `forms check`."""
    words = "folder of one form, or of one folder for each form"
    parser.add_argument("folder", type=Path, metavar="DIR", nargs="?", help=words)
    account_arguments(parser)


def check(words: argparse.Namespace) -> Result | Failed:
    """Read every definition and tell everything that is wrong with it."""
    from sscard_desk.domain.errors.operator import DefinitionsWrong, UsageWrong
    from sscard_desk.forms.check_folder import check_folder
    from sscard_desk.paper.proof import unprintable
    from sscard_desk.texts import Catalogue, definition_reason

    texts = Catalogue(language_here())
    if words.folder is None and not words.account:
        raise UsageWrong(reason="give DIR, or --account for what the centre delivered")
    forms = [(form, "") for form in check_folder(words.folder, unprintable)] if words.folder is not None else []
    with desk_of(words) as desk:
        forms += delivered(desk) if desk is not None else []
    result: Result = {
        "forms": [
            {
                "name": form.name,
                "edition": form.edition,
                "ok": not form.problems and not why,
                "why": why,
                "problems": [
                    {
                        "file": problem.file,
                        "line": problem.line,
                        "field": problem.item,
                        "key": problem.field,
                        "message": definition_reason(problem, texts),
                    }
                    for problem in form.problems
                ],
            }
            for form, why in forms
        ]
    }
    wrong = [form for form, why in forms if form.problems or why]
    if not wrong:
        return result
    count = sum(max(1, len(form.problems)) for form in wrong)
    return Failed(result, DefinitionsWrong(wrong=len(wrong), total=len(forms), problems=count))


def preview_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `forms preview`."""
    parser.add_argument("form", metavar="FORM", help="name of a form, or its folder")
    parser.add_argument("--edition", default="", help="a former edition of the form")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where PDF and pictures go")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="TOML or JSON: a text for each field")
    parser.add_argument("--language", choices=("zh_CN", "en"), default="zh_CN", help="language of the paper")
    account_arguments(parser)


def preview(words: argparse.Namespace) -> Result:
    """Draw a form as PDF and picture each page of the same document."""
    from sscard_desk.forms.answer_file import AnswerFile, read_answers
    from sscard_desk.forms.checks import check as check_answers
    from sscard_desk.paper import PdfPaper
    from sscard_desk.paper.png import png
    from sscard_desk.texts import Catalogue

    with desk_of(words) as desk:
        definition = _definition(words.form, words.edition, desk)
    given = read_answers(words.answers) if words.answers else AnswerFile()
    paper = PdfPaper()
    pdf = _drawn(paper, definition, given, words.language)
    words.out.mkdir(parents=True, exist_ok=True)
    name = f"{definition.name}-{definition.edition}"
    files = {f"{name}.pdf": pdf}
    pages = paper.pages(pdf)
    for page in range(pages):
        picture = paper.render(pdf, page, DPI)
        files[f"{name}-{page + 1}.png"] = png(picture.width, picture.height, picture.rgb, DPI)
    for file, data in files.items():
        (words.out / file).write_bytes(data)
    texts = Catalogue(language_here())
    findings = check_answers(definition, given.answers) if words.answers else ()
    return {
        "form": definition.name,
        "edition": definition.edition,
        "files": [str(words.out / file) for file in files],
        "pages": pages,
        "findings": [
            {"field": finding.field, "verdict": finding.verdict.value, "message": finding.message(texts)}
            for finding in findings
        ],
    }


def _definition(form: str, edition: str, desk: "OpenDesk | None") -> "FormDefinition":
    """Return the form of this name, as a desk has it where one is open, or of this folder.

    Raises:
        FormUnknown: neither.
        EditionUnknown: it has no such edition.
        FormDefinitionWrong: it breaks the schema.
    """
    from sscard_desk.domain.errors.operator import EditionUnknown, FormUnknown
    from sscard_desk.forms.load import EDITIONS, load_form, read_form
    from sscard_desk.resources import form_folder

    shipped = form_folder(form)
    if Path(form).name == form and shipped.is_dir() and desk is not None:
        editions, today = desk.store.forms, datetime.now().astimezone().date()
        return editions.of(form, edition) if edition else editions.current(form, today)
    if Path(form).name == form and shipped.is_dir():
        return load_form(form, edition)
    folder = Path(form)
    if not folder.is_dir():
        raise FormUnknown(name=form)
    if not edition:
        return read_form(folder)
    former = folder / EDITIONS / edition
    if not former.is_dir():
        present = read_form(folder)
        if present.edition == edition:
            return present
        raise EditionUnknown(form=folder.name, edition=edition)
    return read_form(former)


def _drawn(paper: "PdfPaper", definition: "FormDefinition", given: "AnswerFile", language: str) -> bytes:
    from sscard_desk.ports.paper import PaperFacts

    facts = PaperFacts(
        application_no=SAMPLE_APPLICATION,
        serial=f"{SAMPLE_APPLICATION}-{definition.letter}1",
        copy=1,
        issued=datetime.now().astimezone(),
        language=language,
        draft=True,
    )
    return paper.draw(definition, given.answers, facts, given.lists)


VERBS = (
    Verb("forms check", "tell everything that is wrong with form definitions", check, check_arguments),
    Verb("forms preview", "draw a form as PDF and as pictures", preview, preview_arguments),
)
