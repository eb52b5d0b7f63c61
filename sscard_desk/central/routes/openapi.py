"""GET /v1/openapi.json: what every route takes, gives and refuses."""

from typing import Final

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.openapi import document
from sscard_desk.central.routes.contracts import JSON

PATH: Final = "/v1/openapi.json"


def openapi(centre: OpenCentre, question: Question) -> Answer:  # noqa: ARG001 - one shape for all routes
    """Return the document, the same from every centre of this version."""
    return Answer(body=document(), kind=JSON)
