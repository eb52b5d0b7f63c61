"""POST /v1/card-keys: the second step of the standard's two, computed by a card key that never leaves the centre."""

from sscard_desk.central.card_keys import service
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire.card_keys import CardKeyQuestion


def ask(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Answer one question of a desk; a refusal is an answer too.

    Raises:
        RequestFailed: `malformed`, `not-enrolled`.
    """
    return Answer(service.answer(centre, desk, question.read(CardKeyQuestion)))
