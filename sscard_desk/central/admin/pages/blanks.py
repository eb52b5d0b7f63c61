"""Blank cards: how many each desk has in which state, which two desks have, which numbers are kept without a card."""

from typing import Final

from sscard_desk.central import blanks, kept_cards
from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.store.blanks import balance, twice
from sscard_desk.central.store.kept_cards import kept_cards as find_kept
from sscard_desk.domain.errors.conflicts import KeptCardBegun, KeptCardKeyGiven, KeptCardUnknown

BLANKS: Final = "/admin/blanks"


def show(visit: Visit) -> Page:
    """Show the balance."""
    with visit.centre.database.reading() as connection:
        found, doubled, kept = balance(connection), twice(connection), find_kept(connection)
    states = sorted({state for each in found.values() for state in each})
    values = {"desks": found, "states": states, "twice": doubled, "kept": kept, "nothing": False, "stays": ""}
    return Page("blanks.html", values)


def confirm(visit: Visit) -> Page:
    """Keep that a spoiled card is in hand at the centre."""
    code = visit.form.get("code", "").strip().upper()
    with acting(visit.centre, visit.operator, "blank.confirm", code) as centre:
        confirmed = blanks.confirm(centre, code, visit.operator) if code else 0
    if not confirmed:
        return Page("blanks.html", {**show(visit).values, "nothing": True}, status=400)
    return Page(to=f"{BLANKS}?done=spoiled_confirmed")


def release(visit: Visit) -> Page:
    """Let the number of a card go that an application keeps without having the card."""
    code, reason = visit.form.get("code", "").strip().upper(), visit.form.get("reason", "").strip()
    if not reason:
        return Page("blanks.html", {**show(visit).values, "stays": "reason"}, status=400)
    try:
        with acting(visit.centre, visit.operator, "card.release", code) as centre:
            kept_cards.let_go(centre, code, visit.operator, reason)
    except (KeptCardUnknown, KeptCardBegun, KeptCardKeyGiven) as refused:
        return Page("blanks.html", {**show(visit).values, "stays": refused.code}, status=400)
    return Page(to=f"{BLANKS}?done=card_released")
