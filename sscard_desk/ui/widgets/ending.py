"""How a widget ends whose neighbours stay: out of its layout first, then destroyed.

Qt keeps an item for each widget of a layout, and frees it with the widget. The binding may hold an object of Python for
that item: `itemAt` and `takeAt` make one, and so does `addLayout` for all that is in a layout already. It is not told
that the item is freed, and goes on to take whatever comes to lie in the same place for it. When that ends in its turn,
a layout of another page for instance, the whole program ends with it. Only `removeWidget` makes the binding forget the
item in time. A widget that ends together with its layout needs nothing: the layout tells the binding about its items.

So nothing of the window asks for `itemAt` or `takeAt`, and what ends alone ends here (docs/adr/0058).
"""

from PySide6.QtWidgets import QLayout, QWidget


def end_widget(widget: QWidget) -> None:
    """Hide a widget, take it out of its layout, and let Qt destroy it in the next turn of the event loop."""
    widget.hide()
    above = widget.parentWidget()
    layout = above.layout() if above is not None else None
    if layout is not None:
        for each in (layout, *layout.findChildren(QLayout)):
            if each.indexOf(widget) >= 0:
                each.removeWidget(widget)
    widget.deleteLater()
