"""What is said of a stick: how much there is to carry, what was written, what came. No Qt."""

from typing import Final

from sscard_desk.ports.stick import BroughtBack, TakenOut, Waiting
from sscard_desk.ui.states import Mark
from sscard_desk.ui.stick.state import FileRow, StickAct
from sscard_desk.ui.words import Words, say

_THOUSAND: Final = 1_000
_UNITS: Final = ("KB", "MB", "GB", "TB")


def standing(act: StickAct, waiting: Waiting | None, room: int | None) -> tuple[Mark, Words, Words]:
    """Return what holds before anything is done."""
    if waiting is None:
        return Mark.BUSY, say("stick.looking"), ""
    if act is StickAct.BRING:
        return Mark.TODO, say("stick.to_bring"), say("stick.to_bring_note")
    title = say("stick.to_take", count=waiting.entries, size=size_words(waiting.size))
    return Mark.TODO, title, say("stick.room", size=size_words(room)) if room is not None else say("stick.to_take_note")


def taken(done: TakenOut) -> tuple[Mark, Words, Words]:
    """Return what was written."""
    title = say("stick.taken", entries=done.entries, blobs=done.blobs)
    if done.unreadable:
        return Mark.WARN, title, say("stick.unreadable", count=done.unreadable)
    return Mark.OK, title, say("stick.taken_note")


def taken_row(name: str, size: int) -> FileRow:
    """Return one written file."""
    return FileRow(name, say("stick.written", size=size_words(size)), Mark.OK)


def brought(done: BroughtBack) -> tuple[Mark, Words, Words]:
    """Return what came."""
    if all(again for _, again in done.files):
        return Mark.OK, say("stick.nothing_new"), say("stick.nothing_new_note")
    title = say("stick.brought", acknowledged=done.acknowledged, items=done.items, blobs=done.blobs)
    if done.more:
        return Mark.WARN, title, say("stick.more")
    if done.set_aside:
        return Mark.WARN, title, say("stick.set_aside", count=done.set_aside)
    if done.up_to_date:
        return Mark.OK, title, say("stick.up_to_date")
    return Mark.WARN, title, say("stick.not_up_to_date", count=done.unsent)


def brought_row(name: str, *, again: bool) -> FileRow:
    """Return one file that was brought in."""
    return FileRow(name, say("stick.came_before" if again else "stick.came"), Mark.OFF if again else Mark.OK)


def size_words(size: int) -> str:
    """Return a size in decimal units, as sticks are sold."""
    value, unit = max(size, 1) / _THOUSAND, _UNITS[0]
    for larger in _UNITS[1:]:
        if value < _THOUSAND:
            break
        value, unit = value / _THOUSAND, larger
    return f"{max(value, 0.1):.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"
