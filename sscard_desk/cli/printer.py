"""`printer test-sheet`: rulers and crosses that show how a printer feeds paper."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def sheet_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `printer test-sheet`."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the sheet into a file, as the printer gets it")
    parser.add_argument("--print", action="store_true", help="print it and wait until the printer has done it")


def sheet(words: argparse.Namespace) -> Result:
    """Draw the sheet for the configured printer, into a file, onto paper, or both."""
    import os

    from sscard_desk.bootstrap.devices import make_printer
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.disk import trouble
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.paper import PdfPaper
    from sscard_desk.paper.shift import shifted
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.store.clock import DeskClock
    from sscard_desk.usecases.ruler_sheet import NAME, ruler_sheet

    if not words.out and not words.print:
        raise UsageWrong(reason="give --out FILE, --print, or both")
    folder = data_folder()
    settings = load_settings(folder)
    printer = make_printer(settings, folder)
    pdf = ruler_sheet(PdfPaper(), printer, DeskClock(), settings.window.language)
    x_mm, y_mm = printer.offset_mm
    if words.out:
        try:
            handle = os.open(words.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(shifted(pdf, x_mm, y_mm))
        except OSError as error:
            raise trouble(error) from None
    job = printer.print_pdf(pdf, NAME, Cancel()).job if words.print else None
    return {
        "file": str(words.out) if words.out else None,
        "printer": printer.name,
        "offset_x_mm": x_mm,
        "offset_y_mm": y_mm,
        "job": job,
    }


def certificate_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `printer certificate`."""
    parser.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="file descriptor that the passphrase is read from"
    )


def certificate(words: argparse.Namespace) -> Result:
    """Keep the passphrase of the certificate that signs papers in the encrypted database, once it opens it."""
    from sscard_desk.cli.sign_in import read_passphrase, signed_in

    with signed_in(words, first_line=words.passphrase_fd == words.password_fd) as desk:
        facts = desk.keep_passphrase(read_passphrase(words.passphrase_fd))
    return {
        "subject": facts.subject,
        "issuer": facts.issuer,
        "valid_from": facts.begin.isoformat(),
        "valid_to": facts.end.isoformat(),
    }


def spoiled_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `printer spoiled`."""
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="which day; today without")


def spoiled(words: argparse.Namespace) -> Result:
    """List the sheets that were marked spoiled on one day."""
    from datetime import date, datetime

    from sscard_desk.cli.sign_in import signed_in
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.usecases.prints import BEIJING, spoiled_papers

    try:
        day = date.fromisoformat(words.day) if words.day else datetime.now(BEIJING).date()
    except ValueError:
        raise UsageWrong(reason="--day is YYYY-MM-DD") from None
    with signed_in(words) as desk:
        rows = spoiled_papers(desk.store, day)
    return {
        "day": day.isoformat(),
        "papers": [
            {
                "at": row.at.isoformat(),
                "serial": row.serial,
                "form": row.form,
                "copy": row.copy,
                "pages": row.pages,
                "reason": row.reason,
                "words": row.words,
                "by": row.by,
                "desk": row.desk,
            }
            for row in rows
        ],
    }


VERBS = (
    Verb("printer spoiled", "list the sheets that were marked spoiled on one day", spoiled, spoiled_arguments,
         store=True),
    Verb("printer test-sheet", "a sheet that shows how the printer feeds paper", sheet, sheet_arguments),
    Verb("printer certificate", "keep the passphrase of the certificate that signs papers", certificate,
         certificate_arguments, store=True),
)  # fmt: skip
