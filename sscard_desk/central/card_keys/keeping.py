"""What a centre operator does with the card keys: brought in, looked at, taken out, limited; each act is on record."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.profile import CardProfile, KeyAddress
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.central.card_keys import key_sheet, rules
from sscard_desk.central.card_keys.key_place import KeyLabel
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store.card_keys import HeldKey, Use
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.card_keys import CardKeyExists, CardKeyUnknown, TrainingKeyRefused
from sscard_desk.resources import resource

PURPOSES = ("write", "read", "personal", "pin")
LEVELS = ("city", "card")


@dataclass(frozen=True)
class NewKey:
    """What is said of a key that comes in.

    Attributes:
        label: name and cipher.
        place: where it is to lie.
        purpose: one of `PURPOSES`.
        levels: of diversification, in order; at least one.
    """

    label: KeyLabel
    place: str
    purpose: str
    levels: tuple[str, ...] = LEVELS


def keep_key(centre: OpenCentre, new: NewKey, value: bytes, reason: str = "") -> HeldKey:
    """Bring a key in; a published one makes the key a training key, and only a training centre takes it.

    The place takes it before the table does: what breaks off in between leaves a key that nobody is given.

    Raises:
        TrainingKeyRefused: the key is published, and this centre is not for training.
        CardKeyExists: there is one of this name and cipher.
        KeysNotSetUp, TokenRefused, VaultPassphraseWrong, VaultDamaged: the place.
    """
    algorithm = new.label.algorithm
    training = value in _published()
    if training and not centre.training:
        raise TrainingKeyRefused
    with centre.database.reading() as connection:
        if kept.find_key(connection, new.label.name, algorithm.name) is not None:
            raise CardKeyExists(key=new.label.name)
    place = centre.card_keys.place(new.place)
    place.take_out(new.label)  # of an import that broke off
    place.put(new.label, value)
    held = HeldKey(
        name=new.label.name,
        algorithm=algorithm.name,
        place=new.place,
        purpose=new.purpose,
        levels=new.levels,
        training=training,
        check_value=key_sheet.check_value(algorithm, value).hex().upper(),
        proof=place.proof(new.label).hex().upper(),
        since_ms=centre.now_ms(),
    )
    with centre.database.writing() as connection:
        kept.keep_key(connection, held)
        _note(connection, centre, "import", held, reason=f"{held.place} {held.check_value} {reason}".strip())
    return held


def keep_training_keys(centre: OpenCentre, profile: CardProfile, place: str) -> list[HeldKey]:
    """Bring in the published keys of a training profile.

    Raises:
        TrainingKeyRefused: this centre is not for training.
        CardKeyExists, KeysNotSetUp, TokenRefused, VaultPassphraseWrong, VaultDamaged: as `keep_key`.
    """
    if not centre.training:
        raise TrainingKeyRefused
    return [
        keep_key(
            centre,
            NewKey(KeyLabel(key.hsm_name, profile.algorithm), place, purpose, profile.diversification),
            profile.training_keys[key.apdu_key_id],
        )
        for purpose, key in _keys(profile)
    ]


def drop_key(centre: OpenCentre, label: KeyLabel, reason: str) -> None:
    """Destroy a key; desks are refused from then on.

    Raises:
        CardKeyUnknown: there is none.
        KeysNotSetUp, TokenRefused, VaultPassphraseWrong, VaultDamaged: the place.
    """
    with centre.database.writing() as connection:
        held = kept.find_key(connection, label.name, label.algorithm.name)
        if held is None:
            raise CardKeyUnknown(key=label.name)
        kept.drop_key(connection, label.name, label.algorithm.name)
        _note(connection, centre, "remove", held, reason=reason)
    centre.card_keys.place(held.place).take_out(label)


def sound(centre: OpenCentre, held: HeldKey) -> bool | None:
    """Return whether the key in the place is still the one that was brought in; None while the place is away."""
    label = KeyLabel(held.name, Algorithm[held.algorithm])
    try:
        return centre.card_keys.place(held.place).proof(label).hex().upper() == held.proof
    except CardKeyUnknown:
        return False
    except CentreTrouble:
        return None


def set_limit(centre: OpenCentre, desk: str, kind: str, per_hour: int) -> None:
    """Set how many answers a desk is given in an hour; without a desk, for all that have no limit of their own."""
    with centre.database.writing() as connection:
        kept.set_limit(connection, desk, kind, per_hour)
        _note(connection, centre, "limit", reason=f"{desk or '*'} {kind} {per_hour}")


def limits(centre: OpenCentre) -> dict[str, int]:
    """Return the limits of desks without one of their own, by kind."""
    with centre.database.reading() as connection:
        found = {kind: kept.limit_of(connection, "", kind) for kind in rules.shipped_limits()}
    return {kind: rules.shipped_limits()[kind] if count is None else count for kind, count in found.items()}


def release_card(centre: OpenCentre, card: str, reason: str) -> str:
    """Let a card go that was given to an application and never begun; return that application, empty for none."""
    with centre.database.writing() as connection:
        application = kept.application_of(connection, card) or ""
        if application:
            kept.release(connection, card)
            _note(connection, centre, "release", card=card, application=application, reason=reason)
    return application


def _keys(profile: CardProfile) -> Iterator[tuple[str, KeyAddress]]:
    named = zip(PURPOSES, (profile.update_key, profile.read_key, profile.personal_key, profile.pin_key), strict=True)
    for purpose, key in named:
        if key is not None and key.apdu_key_id in profile.training_keys:
            yield purpose, key


@cache
def _published() -> frozenset[bytes]:
    profiles = [load_profile(path) for path in sorted(Path(resource("card_profiles")).glob("*.toml"))]
    return frozenset(key for profile in profiles for key in profile.training_keys.values())


def _note(
    connection: Connection,
    centre: OpenCentre,
    act: str,
    held: HeldKey | None = None,
    *,
    reason: str,
    card: str = "",
    application: str = "",
) -> None:
    use = Use(
        at_ms=centre.now_ms(),
        desk="",
        use_id=secrets.token_hex(16),
        question="",
        act=act,
        kind="",
        key_name=held.name if held else "",
        algorithm=held.algorithm if held else "",
        application=application,
        card=card,
        reason=reason,
        state="done",
    )
    kept.note(connection, use)
