"""How a large list that comes from the centre is said: in the status line, and on the page of what is sent. No Qt."""

from typing import Final

from sscard_desk.ui.app.gate import ListComing
from sscard_desk.ui.words import Words, say

_PERSONS: Final = "persons:"
"""Begins the scope of a region's insured persons (`wire.feed`)."""


def coming_words(coming: ListComing | None) -> Words:
    """Return the few words of the status line; nothing where nothing comes."""
    if coming is None:
        return ""
    name = list_name(coming)
    if coming.held and not coming.placing:
        return say("line.held", list=name)
    if not coming.of:
        return say("line.begins", list=name)
    return say("line.places" if coming.placing else "line.fetches", list=name, share=round(100 * share_of(coming)))


def list_name(coming: ListComing) -> Words:
    """Return what the list is called at the counter."""
    return say("line.persons" if coming.scope.startswith(_PERSONS) else "line.list")


def share_of(coming: ListComing) -> float:
    """Return how much of this part is done, 0 to 1."""
    return min(1.0, coming.done / coming.of) if coming.of else 0.0


def amount_words(coming: ListComing) -> Words:
    """Return how far it is in what it is counted in: megabytes over the line, persons or rows into their place."""
    if coming.placing:
        return say("line.placed", done=f"{coming.done:,}", of=f"{coming.of:,}")
    done, of = coming.done / 1_000_000, coming.of / 1_000_000
    return say("line.fetched", done=f"{done:.1f}", of=f"{of:.1f}") if coming.of else say("line.fetched_some")
