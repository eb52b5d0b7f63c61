"""Everything that the pages show of one application, read in one go on the store's lane."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.conflicts import Correction
from sscard_desk.ports.store import Draft, HistoryLine, Store


@dataclass(frozen=True)
class Dossier:
    """One application with what belongs to it.

    Attributes:
        application: where it stands.
        history: its acts, oldest first.
        portrait: the portrait's JPEG, empty without one.
        draft: what was typed and not yet recorded.
        corrections: what was asked of the register.
        staff: display names by account.
        today: the date at the counter.
    """

    application: Application
    today: date
    history: tuple[HistoryLine, ...] = ()
    portrait: bytes = field(default=b"", repr=False)
    draft: Draft | None = field(default=None, repr=False)
    corrections: tuple[Correction, ...] = ()
    staff: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def name_of(self, account: str) -> str:
        """Return what the window calls an account; its key where the centre did not send a name."""
        return self.staff.get(account, account[:8])


def read_dossier(store: Store, application: ApplicationId, today: date) -> Dossier:
    """Read everything of one application.

    Raises:
        ApplicationUnknown: no application has this key.
    """
    now = store.application(application)
    return Dossier(
        application=now,
        today=today,
        history=tuple(store.history(application)),
        portrait=_blob(store, now),
        draft=store.draft(application),
        corrections=tuple(store.corrections(application)),
        staff={row.get("account", row.get("code", "")): row.get("name", "") for row in store.reference("staff")},
    )


def _blob(store: Store, application: Application) -> bytes:
    """Return the portrait; a lost one leaves the frame empty, and `verify` tells the administrator."""
    if application.photo is None:
        return b""
    try:
        return store.blob(application.photo)
    except (BlobMissing, BlobDamaged):
        return b""
