"""What every printer driver looks at before a document goes out: that it is a PDF, its pages, its name."""

import re

from sscard_desk.domain.errors.device import PrintFailed

_PAGE = re.compile(rb"(\d+)\s+\d+\s+obj\b|/Type\s*/Page(?![A-Za-z])")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)


def page_count(pdf: bytes) -> int:
    """Return how many pages one of our own PDFs has (its page objects are not compressed).

    Raises:
        PrintFailed: `reason` is `not_pdf`: it is not a PDF, or has no page.
    """
    pages = len(_page_objects(pdf)) if pdf.startswith(b"%PDF-") else 0
    if not pages:
        raise PrintFailed(reason="not_pdf")
    return pages


def _page_objects(pdf: bytes) -> set[bytes]:
    """Return the numbers of the page objects; a signed document holds one of them twice, before and after."""
    found, number = set(), b""
    for mark in _PAGE.finditer(pdf):
        if mark[1]:
            number = mark[1]
        else:
            found.add(number)
    return found


def job_name(name: str) -> str:
    """Return the name unchanged if it can be a file name and a job's name everywhere.

    Raises:
        ValueError: it holds other characters than letters, digits, `.`, `_` and `-` (and may so be a person's name).
    """
    if not _NAME.fullmatch(name):
        raise ValueError("a print job is named by application number and form")
    return name
