"""Wrong tries make whoever tries wait, longer each time: counted for operator and address, before the try."""

import hashlib
import hmac
from typing import Final

from sscard_desk.central.admin.secrets import TRIES, derived
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import operators
from sscard_desk.central.store.operators import Tries
from sscard_desk.domain.errors.administration import OperatorPaused

FREE_FOR_OPERATOR: Final = 5
FREE_FROM_ADDRESS: Final = 20
"""Several operators may sit behind one address."""
FIRST_PAUSE_MS: Final = 30_000
LONGEST_PAUSE_MS: Final = 3_600_000
FORGET_MS: Final = 24 * 3_600_000


def begin(centre: OpenCentre, name: str, address: str) -> None:
    """Count a try before it is made, so that many at once do not get in before the first is counted.

    Args:
        centre: the centre.
        name: as it was typed; somebody who does not exist waits like anybody else.
        address: where the try comes from.

    Raises:
        OperatorPaused: it is not time yet; the try is not counted.
    """
    now = centre.now_ms()
    with centre.database.writing() as connection:
        operators.forget_old_tries(connection, now - FORGET_MS)
        waiting = 0
        counted: list[tuple[bytes, Tries]] = []
        for who, free in sorted(_both(centre, name, address)):
            tries = operators.tries_of(connection, who)
            # a clock that was set back must not stretch the pause
            waiting = max(waiting, min(tries.until_ms - now, tries.until_ms - tries.last_ms))
            wrong = tries.wrong + 1
            counted.append((who, Tries(wrong, now, now + pause_after(wrong, free))))
        if waiting <= 0:
            for who, tries in counted:
                operators.keep_tries(connection, who, tries)
    if waiting > 0:
        raise OperatorPaused(seconds=-(-waiting // 1000))


def right(centre: OpenCentre, name: str, address: str) -> None:
    """Forget the tries: it was right."""
    with centre.database.writing() as connection:
        for who, _ in sorted(_both(centre, name, address)):
            operators.forget_tries(connection, who)


def forgive(centre: OpenCentre, name: str) -> bytes:
    """Return under what an operator's own tries are counted."""
    return _key(centre, "operator", name)


def pause_after(wrong: int, free: int) -> int:
    """Return the milliseconds to wait after so many wrong tries in a row: none for some, then 30 s, doubled to 1 h."""
    if wrong < free:
        return 0
    return min(FIRST_PAUSE_MS << min(wrong - free, 16), LONGEST_PAUSE_MS)


def _both(centre: OpenCentre, name: str, address: str) -> list[tuple[bytes, int]]:
    return [
        (_key(centre, "operator", name), FREE_FOR_OPERATOR),
        (_key(centre, "address", address), FREE_FROM_ADDRESS),
    ]


def _key(centre: OpenCentre, what: str, value: str) -> bytes:
    # what was typed as a name may be a password: only a keyed hash of it is kept
    return hmac.digest(derived(centre.keys, TRIES), f"{what}:{value}".encode("utf-8", "surrogatepass"), hashlib.sha256)
