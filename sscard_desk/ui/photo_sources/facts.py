"""What is on record of a portrait and of the consents to it, as label and value."""

from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.photo_source import Consent, Provenance
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.studio_photo import StudioEntry

Facts = tuple[tuple[Words, Words], ...]


def portrait_facts(source: str, where: Provenance | None, studios: tuple[StudioEntry, ...]) -> Facts:
    """Return where a portrait came from; what nobody knows is left out, but for a receipt's last day."""
    lines: list[tuple[Words, Words]] = [(say("photo_sources.fact.source"), say(f"missing.photo.{source}"))]
    if where is None:
        return tuple(lines)
    lines.append((say("photo_sources.fact.way"), say(f"photo_sources.way.{where.way}")))
    if where.studio:
        named = next((studio.name for studio in studios if studio.code == where.studio), where.studio)
        lines.append((say("photo_sources.fact.studio"), named))
    if where.receipt:
        lines.append((say("photo_sources.fact.receipt"), where.receipt))
    if where.issued:
        lines.append((say("photo_sources.fact.issued"), _day(where.issued)))
    if source == "studio":
        until: Words = _day(where.valid_until) if where.valid_until else say("photo_sources.unknown_day")
        lines.append((say("photo_sources.fact.until"), until))
    if where.taken:
        lines.append((say("photo_sources.fact.taken"), _day(where.taken)))
    if where.unit:
        lines.append((say("photo_sources.fact.unit"), where.unit))
    return tuple(lines)


def consent_facts(consent: Consent) -> Facts:
    """Return what is on record of a consent."""
    at = consent.at.astimezone()
    return (
        (say("photo_sources.fact.consent"), say("photo_sources.edition", edition=consent.edition)),
        (say("photo_sources.fact.language"), say(f"photo_sources.language.{consent.language}")),
        (say("photo_sources.fact.at"), say("photo_sources.at", day=at.date(), time=at)),
        (say("photo_sources.fact.signed"), say("photo_sources.signed", who=say(f"photo_sources.party.{consent.party}"),
                                               how=say(f"photo_sources.hand.{consent.kind_of_signature}"))),
    )  # fmt: skip


def recorded(application: Application, source: str, studios: tuple[StudioEntry, ...]) -> Facts:
    """Return what stands in the journal for a source: the consent that stands, and the portrait if it is from there."""
    consent = application.photo_consent(source)
    lines: Facts = consent_facts(consent) if consent is not None else ()
    if application.photo_source == source:
        lines = (*portrait_facts(source, application.photo_provenance, studios), *lines)
    return lines


def _day(day: date) -> Words:
    return day.isoformat()
