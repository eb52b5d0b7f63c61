"""Editions of forms: those that desks have, a new one as a zip file, and withdrawing one."""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.jobs import upload_folder
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.admin.unpacking import unpack_edition
from sscard_desk.central.forms import deliver_form, withdraw_form
from sscard_desk.central.store import feeds
from sscard_desk.domain.errors.administration import FormArchiveWrong
from sscard_desk.wire.feed import REFERENCE
from sscard_desk.wire.forms import KIND

FORMS: Final = "/admin/forms"
LARGEST_FILE: Final = 4_000_000


def show(visit: Visit) -> Page:
    """List the editions."""
    with visit.centre.database.reading() as connection:
        return Page("forms.html", {"editions": sorted(feeds.ids_of(connection, REFERENCE, KIND))})


def deliverer(tools: Tools) -> Callable[[Visit, Path], Page]:
    """Return what takes an uploaded edition."""
    return partial(_deliver, tools)


def _deliver(tools: Tools, visit: Visit, file: Path) -> Page:
    folder = Path(tempfile.mkdtemp(dir=upload_folder(visit.centre), prefix="form-"))
    try:
        if not file.exists():
            raise FormArchiveWrong(reason="no-zip")
        with acting(visit.centre, visit.operator, "form.deliver", "") as centre:
            deliver_form(centre, unpack_edition(file, folder), tools.proof)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Page(to=f"{FORMS}?done=delivered")


def withdraw(visit: Visit) -> Page:
    """Withdraw an edition."""
    name = visit.form.get("edition", "")
    form, _, edition = name.partition("/")
    with acting(visit.centre, visit.operator, "form.withdraw", name) as centre:
        withdraw_form(centre, form, edition)
    return Page(to=f"{FORMS}?done=withdrawn")
