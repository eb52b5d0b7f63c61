"""Greeting: the centre's time, and where each scope stands."""

from collections.abc import Callable

from sscard_desk.ports.sync import Centre, PassStore
from sscard_desk.sync.acts import Greeted, Place
from sscard_desk.sync.identity import kept_certificate
from sscard_desk.wire.certificates import HELD, WANTED


def say_hello(store: PassStore, centre: Centre, now_ms: Callable[[], int]) -> Greeted:
    """Greet, keep what is said of the centre, and return our place in every scope that it lets us read."""
    asked_at = now_ms()
    answer = centre.hello(store.head()[0])
    store.note_server_time(answer.server_ms - (asked_at + now_ms()) // 2)
    store.heard(answer)
    places = []
    for head in answer.scopes:
        cursor = store.cursor(head.scope)
        places.append(Place(head.scope, head.epoch, head.head, cursor.epoch, cursor.position))
    # a certificate that the centre holds for us and that is not here: the answer was lost
    due = answer.certificate == WANTED or (answer.certificate == HELD and not kept_certificate(store)[1])
    return Greeted(tuple(places), due)
