"""What the photo page reads and records, as work for the lanes. No Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.domain.steps import Step
from sscard_desk.ui.photo.state import Shot
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.take_back_form import take_back_form

LARGEST_FILE: Final = 40_000_000
"""Bytes; a larger file is no photograph of a person."""


def adopting(counter: Counter, application: Application, shot: Shot) -> Callable[[], Application]:
    """Return what keeps a shot as the application's portrait."""

    def adopt() -> Application:
        after = attach_photo(
            counter.store,
            counter.session,
            application.id,
            jpeg=shot.portrait.jpeg,
            source=shot.source.value,
            measures=shot.portrait.measures,
            alterations=shot.portrait.alterations,
            original=shot.original,
        )
        if application.step is Step.FORM_RETURNED:
            # the returned form's digest covers the portrait, so it is taken back once more with the new one
            after = take_back_form(counter.store, counter.session, after, {})
        return after

    return adopt


def read_picture(path: Path) -> bytes:
    """Read a picture file.

    Raises:
        PictureUnreadable: it cannot be opened, or is far too large for a photograph.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PictureUnreadable
        return path.read_bytes()
    except OSError:
        raise PictureUnreadable from None
