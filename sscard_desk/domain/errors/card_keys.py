"""Card keys at the centre: why one is not given (E423-E432), and what goes wrong while they are kept (E433-E438).

E439: the line to them is cut. E1015: what a colleague at the counter puts right.
"""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble, OperatorCanFix


@dataclass(eq=False)
class CardKeyNotApproved(CentreTrouble):
    """The centre does not hold this application as approved with signatures that stand; nothing happened to the card.

    Attributes:
        reason: `unknown` (it holds no such application), `step` (not approved), `seal` (the approval's seal or a
            signature does not hold any more), `written` (its card is written already).
    """

    code: ClassVar[str] = "E423"
    retry_helps: ClassVar[bool] = True
    reason: str


@dataclass(eq=False)
class CardKeyApprovalDeferred(CentreTrouble):
    """The approval is deferred: the centre gives no key for writing before it is there, only a PSAM writes."""

    code: ClassVar[str] = "E424"


@dataclass(eq=False)
class CardKeyOtherCard(CentreTrouble):
    """The key for this application's card was given for another card, which is not spoiled."""

    code: ClassVar[str] = "E425"


@dataclass(eq=False)
class CardKeySpoilUnconfirmed(OperatorCanFix):
    """A card of this application was spoiled, and nobody but who declared it has confirmed that."""

    code: ClassVar[str] = "E1015"


@dataclass(eq=False)
class CardKeyOtherApplication(CentreTrouble):
    """The key for this card was given for another application."""

    code: ClassVar[str] = "E426"


@dataclass(eq=False)
class CardKeyLimitReached(CentreTrouble):
    """This desk was given as many keys as the centre allows in an hour."""

    code: ClassVar[str] = "E427"
    retry_helps: ClassVar[bool] = True
    per_hour: int
    minutes: int


@dataclass(eq=False)
class CardKeyUnknown(CentreTrouble):
    """The centre holds no such key, or holds it for another cipher.

    Attributes:
        key: key address and id, six hex characters.
    """

    code: ClassVar[str] = "E428"
    key: str


@dataclass(eq=False)
class CardKeyReasonMissing(CentreTrouble):
    """A key for reading or for a PIN was asked for without a reason."""

    code: ClassVar[str] = "E429"


@dataclass(eq=False)
class CardKeyScopeWrong(CentreTrouble):
    """The key is not for this desk or this act.

    Attributes:
        reason: `point` (an application of another service point), `act` (a key that is for another act), `card` (the
            identification code is none of the standard's).
    """

    code: ClassVar[str] = "E430"
    reason: str


@dataclass(eq=False)
class CardKeysAway(CentreTrouble):
    """The centre cannot use its keys now: no token, no vault, or it is locked."""

    code: ClassVar[str] = "E431"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class TrainingKeyRefused(CentreTrouble):
    """A published training key at a centre that is not for training."""

    code: ClassVar[str] = "E432"


@dataclass(eq=False)
class VaultPassphraseWrong(CentreTrouble):
    """No slot of the vault opens with this passphrase, or none was given."""

    code: ClassVar[str] = "E433"


@dataclass(eq=False)
class VaultDamaged(CentreTrouble):
    """The vault's file is no vault, or was changed by something else than this program."""

    code: ClassVar[str] = "E434"


@dataclass(eq=False)
class KeyComponentWrong(CentreTrouble):
    """A component of a key, or what they make together, is not what it should be; nothing was kept.

    Attributes:
        which: `1`, `2`, ...; `key` for all together.
        reason: `form` (not 32 hex characters), `check` (another check value), `few` (fewer than two), `same` (two are
            the same, or all together are nothing).
    """

    code: ClassVar[str] = "E435"
    which: str
    reason: str


@dataclass(eq=False)
class CardKeyExists(CentreTrouble):
    """The centre holds a key of this name already."""

    code: ClassVar[str] = "E436"
    key: str


@dataclass(eq=False)
class TokenRefused(CentreTrouble):
    """The PKCS#11 token did not do what it was asked.

    Attributes:
        reason: `module`, `token`, `pin`, `cipher` or the word of the standard for what it answered.
    """

    code: ClassVar[str] = "E437"
    reason: str


@dataclass(eq=False)
class KeysNotSetUp(CentreTrouble):
    """This centre has no place for card keys of this kind yet, or has one already.

    Attributes:
        place: `pkcs11` or `vault`.
        reason: `missing` or `there`.
    """

    code: ClassVar[str] = "E438"
    place: str
    reason: str


@dataclass(eq=False)
class CardKeyLineDown(CentreTrouble):
    """The centre holds the card keys and does not answer; nothing happened to the card."""

    code: ClassVar[str] = "E439"
    retry_helps: ClassVar[bool] = True
