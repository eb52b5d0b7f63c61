"""Keep the portrait that will stand on the card."""

from collections.abc import Mapping

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import PhotoAttached
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.photo_source import Provenance, needs_consent
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.photo_consent import need_consent
from sscard_desk.usecases.recording import record_in


def attach_photo(
    store: Store,
    session: Session,
    application: ApplicationId,
    *,
    jpeg: bytes,
    source: str,
    measures: Mapping[str, float],
    alterations: tuple[str, ...] = (),
    original: bytes | None = None,
    provenance: Provenance | None = None,
) -> Application:
    """Keep a portrait with what was measured on it and what was altered; the untouched original is kept beside it.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: whose portrait.
        jpeg: the portrait as the card takes it.
        source: `camera`, `file`, `scanner`, `studio`, `chip` or `register`.
        measures: rule name to measured value.
        alterations: what was done to the picture beyond cropping and scaling.
        original: the picture it was made from.
        provenance: what is known of where it came from.

    Raises:
        ConsentMissing: the source needs the applicant's consent and there is none; nothing is kept.
    """
    if needs_consent(source):
        need_consent(store.application(application), source)
    with store.work(session.account) as work:
        return record_in(
            work,
            PhotoAttached(
                photo=work.put_blob(jpeg),
                source=source,
                size=len(jpeg),
                measures=dict(measures),
                alterations=alterations,
                original=work.put_blob(original) if original else None,
                provenance=provenance,
            ),
            application,
        )
