"""`erasure ask | list`: a person's request that what is kept of an application be erased, and what became of it."""

import argparse
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.spoken import language_here
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.domain.erasure import ErasureRequest


def ask_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `erasure ask`."""
    parser.add_argument("application", help="application number")
    parser.add_argument("--by", choices=("applicant", "guardian", "agent"), default="applicant", help="who asks")
    parser.add_argument("--reason", required=True, help="in the person's words")


def ask(words: argparse.Namespace) -> Result:
    """Record the request; the centre decides, and the person is told what the law keeps."""
    from sscard_desk.texts import Catalogue
    from sscard_desk.usecases.ask_erasure import ask_erasure

    with signed_in(words) as desk:
        application = desk.store.find_application(words.application)
        ask_erasure(desk.store, desk.session, application, words.by, words.reason)
        request = next(one for one in desk.store.erasure_requests() if one.subject == application.id)
    return _told(request) | {"notice": Catalogue(language_here())("erasure.notice")}


def listed(words: argparse.Namespace) -> Result:
    """Show every request that this desk knows of, with what became of it."""
    with signed_in(words) as desk:
        return {"requests": [_told(each) for each in desk.store.erasure_requests()]}


def _told(one: "ErasureRequest") -> Result:
    return {
        "subject": one.subject,
        "desk": one.desk,
        "state": one.state.value,
        "words": one.words,
        "asked_at": one.asked.isoformat(),
    }


VERBS = (
    Verb("erasure ask", "record that a person asks for erasure", ask, ask_arguments, store=True),
    Verb("erasure list", "show the requests and what became of them", listed, store=True),
)
