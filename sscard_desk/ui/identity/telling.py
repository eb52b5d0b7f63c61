"""What the identity page says of whoever was identified, and what can have been shown. No Qt."""

from dataclasses import replace
from typing import Final

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.evidence import Evidence
from sscard_desk.forms.cases import EvidenceSource, evidence_sources
from sscard_desk.ui.identity.state import IdentityNotice
from sscard_desk.ui.states import ActionState, ChipState, Mark
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.identify import Identity
from sscard_desk.usecases.name_on_card import name_on_card

_OLD_KINDS: Final = frozenset({DocumentKind.FOREIGN_2004.value, DocumentKind.FOREIGN_2017.value})
"""Their numbers have the same shape: what was shown tells them apart."""
_NOT_AT_A_COUNTER: Final = frozenset({"id_card_chip", "id_card_scan", "class_list"})


def chips(identity: Identity, count: int) -> tuple[ChipState, ...]:
    """Return what the head says: where the identity comes from, whether an application is open, what differs."""
    source = {
        "chip": ChipState(say("identity.chip_read"), Mark.OK, name="source"),
        "typed": ChipState(say("identity.chip_typed"), Mark.WARN, name="source"),
        "scanned": ChipState(say("identity.chip_scanned"), Mark.OK, name="source"),
        "electronic": ChipState(say("identity.chip_electronic"), Mark.WARN, name="source"),
        "register": ChipState(say("identity.chip_register"), Mark.WARN, name="source"),
    }[identity.evidence]
    free = identity.open_application is None
    chip = ChipState(say("identity.chip_free" if free else "identity.chip_open"), Mark.OK if free else Mark.WARN)
    open_ = (ChipState(say("identity.chip_differs", count=count), Mark.WARN, name="differs"),) if count else ()
    unknown = identity.person is None
    nobody = (ChipState(say("identity.chip_unknown"), Mark.WARN, name="unknown"),) if unknown else ()
    return (source, replace(chip, name="free"), *open_, *nobody)


def notice(identity: Identity, name: str, trouble: IdentityNotice | None) -> IdentityNotice | None:
    """Return what the bar says: an application is open, nobody knows who it is, or no card can hold the name."""
    if identity.open_application is not None:
        number = identity.open_application.number
        title = say("identity.already_open", number=number)
        return IdentityNotice(Mark.WARN, title, say("identity.already_open_note"), say("identity.open_other"))
    if not name:
        return trouble or IdentityNotice(Mark.WARN, say("identity.nobody"), say("identity.nobody_note"))
    unwritable = name_on_card(name)
    if unwritable is not None and trouble is None:
        note = say("missing.advice", advice=advice_of(unwritable), code=unwritable.code)
        return IdentityNotice(Mark.WARN, message_of(unwritable), note)
    return trouble


def action(identity: Identity, count: int, *, known: bool, lacking: Words | None, allowed: bool) -> ActionState:
    """Return what the action bar offers.

    Args:
        identity: who was identified.
        count: differences that are not decided yet.
        known: whether there is a name.
        lacking: what the first field to be typed is called that is missing or wrong.
        allowed: whether a supervisor is being asked to allow a second application.
    """
    primary = say("shell.next", step=say("steps.bank"))
    if identity.open_application is not None and not allowed:
        return ActionState(primary, enabled=False, reason=say("identity.reason_open"), reason_mark=Mark.WARN)
    if lacking is not None:  # its button leads to that field
        return ActionState(primary, reason=say("identity.reason_entry", field=lacking), reason_mark=Mark.WARN)
    if not known:
        return ActionState(primary, enabled=False, reason=say("identity.reason_nobody"), reason_mark=Mark.WARN)
    if count:
        reason = say("identity.reason_differs", count=count)
        return ActionState(primary, enabled=False, reason=reason, reason_mark=Mark.WARN)
    if identity.card is None:
        scanned = identity.evidence == Evidence.SCANNED
        reason = say("identity.ready_scan" if scanned else "identity.ready_unread")
        return ActionState(primary, reason=reason, reason_mark=Mark.OK if scanned else Mark.WARN)
    return ActionState(primary, reason=say("identity.ready"), reason_mark=Mark.OK)


def column(identity: Identity) -> str:
    """Return what the left column comes from: `chip`, `scan` or `typed`."""
    if identity.card is not None:
        return "chip"
    return "scan" if identity.evidence == Evidence.SCANNED else "typed"


def offered(identity: Identity) -> dict[str, EvidenceSource]:
    """Return what can have been shown, by the number that is typed for it; nothing where a card was read."""
    if identity.card is not None or identity.evidence == Evidence.SCANNED:
        return {}
    old = identity.document_kind in _OLD_KINDS
    offered = (each for each in evidence_sources() if each.id not in _NOT_AT_A_COUNTER)
    return {str(at): each for at, each in enumerate((e for e in offered if old or not e.document_kind), start=1)}
