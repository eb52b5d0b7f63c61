"""Finds what the binding still takes for an item of a layout although Qt has freed it: what ends the program later."""

import shiboken6
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidgetItem


def outlived_items() -> list[str]:
    """Return every object of Python whose item is in no layout any more, as the binding describes it."""
    known = shiboken6.getAllValidWrappers()
    items = {_address(each): each for each in known if type(each) in {QWidgetItem, QSpacerItem}}
    there: set[int] = set()
    for layout in known:
        if isinstance(layout, QLayout):
            there |= _addresses(layout, items)
    return [shiboken6.dump(each) for address, each in items.items() if address not in there]


def _addresses(layout: QLayout, items: dict[int, QLayoutItem]) -> set[int]:
    found = set()
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None:
            address = _address(item)
            found.add(address)
            if address not in items and not isinstance(item, QLayout):
                shiboken6.invalidate(item)  # looking leaves nothing behind that would outlive its item
    return found


def _address(item: QLayoutItem) -> int:
    return int(shiboken6.getCppPointer(item)[0])
