"""`card face`."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `card face`."""
    parser.add_argument("application", nargs="?", default="", help="the application number; none with --trial")
    parser.add_argument("--trial", action="store_true", help="a trial card with marks and zeros instead")
    parser.add_argument("--marks", action="store_true", help="print registration marks too")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the face into a file")
    parser.add_argument("--print", action="store_true", help="print it on the card printer and wait for the end")
    parser.add_argument("--reason", default="", metavar="CODE", help="why it is printed again (reprint_reason)")
    parser.add_argument("--words", default="", metavar="TEXT", help="the reason in words")


def run(words: argparse.Namespace) -> Result:
    """Draw the face of a written card, into a file, onto the card, or both."""
    from sscard_desk.bootstrap.devices import make_card_printer
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.cards.face_file import shipped_face
    from sscard_desk.cli.sign_in import signed_in
    from sscard_desk.disk import write_whole
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.domain.numbers.application_number import parse_application_number
    from sscard_desk.paper import PdfPaper
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.card_face import face_of, print_face, trial_face

    if not words.out and not words.print:
        raise UsageWrong(reason="give --out FILE, --print, or both")
    if bool(words.application) == words.trial:
        raise UsageWrong(reason="give an application number, or --trial")
    folder = data_folder()
    settings = load_settings(folder)
    paper, printer = PdfPaper(), make_card_printer(settings, folder)
    layout = shipped_face(settings.printer.card_face)
    serial, state, job = "", None, None
    with signed_in(words) as desk:
        if words.trial:
            pdf = paper.card_face(trial_face(layout))
            job = printer.print_pdf(pdf, "card-trial", Cancel()).job if words.print else None
        else:
            application = desk.store.find_application(str(parse_application_number(words.application)))
            face = face_of(desk.store, application, layout, marks=words.marks)
            pdf = paper.card_face(face)
            if words.print:
                record = print_face(
                    desk.store, desk.session, paper, printer, application, face, Cancel(),
                    reason=words.reason, words=words.words,
                )  # fmt: skip
                serial, state, job = record.serial, record.state.value, record.job
    if words.out:
        write_whole(words.out, [pdf])
    return {
        "file": str(words.out) if words.out else None,
        "layout": layout.name,
        "width_mm": layout.width,
        "height_mm": layout.height,
        "printer": printer.name,
        "serial": serial or None,
        "state": state,
        "job": job,
    }


VERBS = (Verb("card face", "print the face of a written card", run, arguments, store=True),)
