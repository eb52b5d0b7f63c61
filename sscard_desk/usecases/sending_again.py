"""Sending once more what the centre did not take, from the list of what waits."""

from sscard_desk.domain.errors.conflicts import MendNotPossible
from sscard_desk.ports.store import Store
from sscard_desk.usecases.mending import Mend, trouble_of, troubles
from sscard_desk.usecases.settle_conflict import send_again as send_trouble_again


def send_again(store: Store, subject: str) -> None:
    """Send once more what the centre did not take of one thing.

    Raises:
        MendNotPossible: nothing of it is set aside any more, or somebody has to decide about it.
    """
    trouble = trouble_of(store, subject)
    if trouble is None:
        raise MendNotPossible(mend=Mend.AGAIN.value)
    send_trouble_again(store, trouble)


def send_all_again(store: Store) -> int:
    """Send once more everything for which that is the usual way; return how many entries.

    What somebody has to decide about stays where it is: sent again it would only come back.
    """
    usual = [each for each in troubles(store) if each.mends[:1] == (Mend.AGAIN,) and not each.decided]
    for trouble in usual:
        send_trouble_again(store, trouble)
    return sum(len(each.entries) for each in usual)
