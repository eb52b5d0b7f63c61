"""`scan --device NAME --out PDF`: scan a document, cut it out, straighten and check it, and bind it to one PDF."""

import argparse
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.domain.scanned_document import DocumentPage
    from sscard_desk.ports.scanner import Scanner

SOURCES = ("auto", "glass", "feeder", "both_sides")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `scan`."""
    parser.add_argument("--device", required=True, help="address of a network scanner, SANE name, or folder")
    parser.add_argument("--out", type=Path, required=True, help="the PDF to write")
    parser.add_argument("--kind", default="pages", help="id_card, pages, or another of resources/cases/documents.toml")
    parser.add_argument("--source", choices=SOURCES, default="auto", help="where the paper lies")
    parser.add_argument("--sides", type=int, default=1, help="how many scans of the glass, one after another")


def run(words: argparse.Namespace) -> Result:
    """Scan and write; nothing is written unless every page came."""
    from sscard_desk.bootstrap.documents import make_documents
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.forms.document_kinds import document_kind, document_kinds
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.ports.scanner import Colour, ScanOrder, Source

    kind = document_kind(words.kind)
    if kind is None:
        raise UsageWrong(reason="--kind " + " | ".join(each.id for each in document_kinds()))
    colour = Colour.GREY if kind.grey else Colour.COLOUR
    order = ScanOrder(Source(words.source), kind.dpi, colour, kind.width, kind.height)
    desk, scanner = make_documents(), _scanner(words.device)
    pages: list[DocumentPage] = []
    for _ in range(words.sides):
        for scanned in scanner.pages(order, Cancel()):
            pages += desk.pages(scanned.content, scanned.dpi, kind)
    pdf = desk.bind(pages, kind, kind.words.zh)
    _write(words.out, pdf)
    return {
        "device": words.device,
        "file": str(words.out),
        "kind": kind.id,
        "bytes": len(pdf),
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "pages": [_page(page) for page in pages],
    }


def _scanner(name: str) -> "Scanner":
    from sscard_desk.bootstrap.devices import make_scanner
    from sscard_desk.bootstrap.settings import ScannerSettings, Settings

    if name.startswith(("http://", "https://")):
        return make_scanner(Settings(scanner=ScannerSettings(escl=name)), Path())
    if Path(name).is_dir():
        return make_scanner(Settings(scanner=ScannerSettings(folder=str(Path(name).absolute()))), Path())
    return make_scanner(Settings(scanner=ScannerSettings(device=name, mode="", dpi=0)), Path())


def _page(page: "DocumentPage") -> Result:
    return {
        "width_mm": round(page.width, 2),
        "height_mm": round(page.height, 2),
        "dpi": page.dpi,
        "skew": page.skew,
        "bytes": len(page.jpeg),
        "checks": [
            {"rule": check.rule, "value": check.value, "limit": check.limit, "met": check.met} for check in page.checks
        ],
    }


def _write(path: Path, pdf: bytes) -> None:
    """Write a file that this account alone can read."""
    from sscard_desk.disk import trouble

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
    except OSError as error:
        raise trouble(error) from None


VERBS = (Verb("scan", "scan a document into a PDF", run, arguments),)
