"""Answers a desk whose last password is lost: once for each request, for one desk and one administrator, on record."""

from sscard_desk.central import rescue_key
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import desks, rescues, staff
from sscard_desk.central.store.desks import DeskState
from sscard_desk.central.store.rescues import Rescue
from sscard_desk.domain.errors.operator import RoleMissing
from sscard_desk.domain.errors.rescue import RescueAnswered, RescueRequestWrong
from sscard_desk.domain.errors.staff import AccountEnded, AccountNotListed
from sscard_desk.domain.ids import Role
from sscard_desk.wire.box import open_box, seal_box, slot_words
from sscard_desk.wire.rescue import RescueAnswer, RescueRequest, answer_bytes, box_words


def answer(centre: OpenCentre, text: str, account: str, operator: str, passphrase: bytes) -> RescueAnswer:
    """Answer a request; whether it is the person it says, the operator has made sure by other means.

    Args:
        centre: the centre.
        text: of the request.
        account: the administrator of the desk's service point who may open it.
        operator: who answers, for the record.
        passphrase: of the rescue key.

    Raises:
        RescueRequestWrong: this is no request of a desk that the centre listens to, or not made with its rescue key.
        RescueAnswered: it was answered before.
        AccountNotListed, AccountEnded, RoleMissing: the account.
        RescueKeyAway, RescuePassphraseWrong: the rescue key.
    """
    try:
        asked = RescueRequest.read(text)
    except ValueError:
        raise RescueRequestWrong from None
    private = rescue_key.unlock(centre.folder, passphrase)
    words = slot_words(asked.slot)
    keys = [key for box in asked.boxes if (key := open_box(private, box, words))]
    if not keys:
        raise RescueRequestWrong
    try:
        box = seal_box(asked.public, b"".join(keys), box_words(asked.request, asked.desk, account))
    except ValueError:
        raise RescueRequestWrong from None
    with centre.database.writing() as connection:
        desk, known = desks.find_desk(connection, asked.desk), staff.find(connection, account)
        if desk is None or desk.state is not DeskState.ENROLLED:
            raise RescueRequestWrong
        if known is None or known.point != desk.point:
            raise AccountNotListed
        if known.ended:
            raise AccountEnded
        if known.role != Role.ADMINISTRATOR.value:
            raise RoleMissing(role=Role.ADMINISTRATOR.value)
        if rescues.known(connection, asked.request):
            raise RescueAnswered
        rescues.keep(connection, Rescue(asked.request, desk.id, account, operator, centre.now_ms(), None))
    seal = centre.keys.receipt.sign(answer_bytes(asked.request, asked.desk, account, box))
    return RescueAnswer(asked.request, account, box, seal)
