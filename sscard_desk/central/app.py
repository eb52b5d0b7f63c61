"""The centre as an ASGI application."""

from starlette.applications import Starlette
from starlette.routing import Route

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import for_anybody, for_desks
from sscard_desk.central.polls import for_polls
from sscard_desk.central.routes import (
    blobs,
    card_keys,
    certificate,
    end,
    enrol,
    feed,
    health,
    hello,
    openapi,
    photos,
    proof,
    push,
    ready,
    snapshot,
)
from sscard_desk.wire.card_keys import PATH as CARD_KEYS_PATH
from sscard_desk.wire.certificates import PATH as CERTIFICATE_PATH
from sscard_desk.wire.messages import END_PATH
from sscard_desk.wire.photos import REGISTER_PATH, STUDIO_PATH


def make_app(centre: OpenCentre) -> Starlette:
    """Return the application that serves this centre."""
    return Starlette(
        routes=[
            Route(openapi.PATH, for_anybody(centre, openapi.openapi)),
            Route(health.PATH, for_anybody(centre, health.health)),
            Route(ready.PATH, ready.for_probes(centre)),
            Route(enrol.AUTHORITY_PATH, for_anybody(centre, enrol.authority)),
            Route(enrol.PATH, for_anybody(centre, enrol.enrol), methods=["POST"]),
            Route(hello.PATH, for_desks(centre, hello.hello)),
            Route(push.PATH, for_desks(centre, push.push, notes_itself=True, in_turn=True), methods=["POST"]),
            Route(feed.PATH, for_polls(centre, for_desks(centre, feed.feed))),
            Route(snapshot.PATH, for_desks(centre, snapshot.snapshot)),
            Route(snapshot.FILE_PATH, for_desks(centre, snapshot.file)),
            Route(blobs.MISSING_PATH, for_desks(centre, blobs.missing), methods=["POST"]),
            Route(blobs.PATH, for_desks(centre, blobs.put, notes_itself=True), methods=["POST"]),
            Route(blobs.PART_PATH, for_desks(centre, blobs.part, notes_itself=True), methods=["POST"]),
            Route(blobs.PATH, for_desks(centre, blobs.get), methods=["GET"]),
            Route(REGISTER_PATH, for_desks(centre, photos.register), methods=["POST"]),
            Route(STUDIO_PATH, for_desks(centre, photos.studio), methods=["POST"]),
            Route(END_PATH, for_desks(centre, end.end), methods=["POST"]),
            Route(CARD_KEYS_PATH, for_desks(centre, card_keys.ask), methods=["POST"]),
            Route(CERTIFICATE_PATH, for_desks(centre, certificate.certificate), methods=["POST"]),
            Route(proof.PATH, for_desks(centre, proof.proof)),
        ]
    )
