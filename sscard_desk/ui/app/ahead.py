"""What is loaded and made while somebody signs in: behind the sign-in page no page waits for its modules."""

import importlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from sscard_desk.ui.language import load_texts
from sscard_desk.ui.shell import Shell

if TYPE_CHECKING:
    from sscard_desk.ui.app.views import Views

PAGES: Final = (
    "serve",
    "identity",
    "id_scan",
    "bank",
    "photo_sources",
    "photo",
    "form",
    "documents",
    "materials",
    "closing",
    "papers",
    "sign",
    "approve",
    "card",
    "lists",
    "class_list",
    "aside",
    "card_face",
    "card_read",
    "keypad",
    "card_pin",
    "stock",
    "batch",
    "sign_off",
    "staff",
    "keeping",
    "applicant",
    "doctor",
    "stick",
    "unsent",
    "desk_date",
    "lock",
)
WIDGETS: Final = (
    "search_box",
    "top_bar",
    "rail",
    "person_strip",
    "step_bar",
    "panel_rows",
    "panel_parts",
    "side_panel",
    "table",
    "choice",
    "difference",
    "progress",
    "placeholder",
    "segments",
    "dialog",
    "toast",
)
SHELL: Final = ("desk",)
REST: Final = (
    "navigation.steps",
    "navigation.areas",
    "navigation.cards",
    "app.views",
    "app.pages",
    "app.areas",
    "app.bench",
)


def load_ahead() -> None:
    """Load what stands behind the sign-in page and knows no Qt; on a lane, since it takes a while."""
    from sscard_desk.forms.load import load_form  # noqa: PLC0415 - that is the point
    from sscard_desk.usecases.form_of import REGISTRATION  # noqa: PLC0415 - likewise

    for page in PAGES:
        importlib.import_module(f"sscard_desk.ui.{page}.presenter")
    load_texts()
    load_form(REGISTRATION)  # reads the code tables too


def make_pages(take: "Callable[[Views], None]", shell: Shell) -> Iterator[None]:
    """Load the widgets module by module and make the pages one by one, all on the window's own thread.

    Classes of Qt are not made on a lane: a program ended with a broken memory while one was.
    """
    rooms = {"widgets": WIDGETS, "shell": SHELL}
    parts = (f"{room}.{one}" for room, names in rooms.items() for one in names)
    for name in (*parts, *(f"{page}.view" for page in PAGES), *REST):
        importlib.import_module(f"sscard_desk.ui.{name}")
        yield
    from sscard_desk.ui.app.views import Views  # noqa: PLC0415 - loaded a line ago

    views = Views()
    take(views)
    yield from views.build(shell)
