"""Card profiles: which items a city writes, with which keys. Data, never code (`resources/card_profiles/*.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.card_file import CardFile
from sscard_desk.cards.items import Item
from sscard_desk.cards.pin_rules import PinRules
from sscard_desk.domain.errors.operator import NotOurBlank


@dataclass(frozen=True)
class KeyAddress:
    """One key, as the card and as a key service name it (domain reference A.8, single source).

    Attributes:
        apdu_key_id: P2 of EXTERNAL AUTHENTICATE.
        hsm_key_address: two bytes, as the key service of the centre counts.
        hsm_key_id: one byte, likewise.
        challenge_length: how many random bytes the card is asked for before this key is shown.
    """

    apdu_key_id: int
    hsm_key_address: bytes
    hsm_key_id: int
    challenge_length: int = 8

    @property
    def hsm_name(self) -> str:
        """Address and id as the standard's reader library names the key, six hex characters."""
        return f"{self.hsm_key_address.hex().upper()}{self.hsm_key_id:02X}"


@dataclass(frozen=True)
class Layout:
    """What is written on cards of some specification versions, in this order.

    Attributes:
        versions: values of EF05 item 03 that this layout serves.
        items: file and item, in the order of writing.
    """

    versions: tuple[str, ...]
    items: tuple[tuple[CardFile, Item], ...]


@dataclass(frozen=True)
class PsamRules:
    """How a PSAM in a second reader slot is spoken to (domain reference A.2, A.9, single source).

    Attributes:
        application: AID of its social security application.
        keys: key index in the PSAM by `apdu_key_id`.
    """

    application: bytes
    keys: Mapping[int, int]


@dataclass(frozen=True)
class CardProfile:
    """Everything that writing a card needs to know of a city.

    Attributes:
        name: the file's name without its ending; it stands in the journal.
        training: whether the profile carries published training keys and is good for nothing else.
        algorithm: cipher of the keys.
        diversification: levels in order, out of `city` and `card` (domain reference A.10, single source).
        update_key: the key that opens EF05 and EF06 for writing (UKssse).
        read_key: the key that opens EF06 of version 3 cards for reading (RKssse).
        layouts: by specification version.
        training_keys: 16-byte master keys by key id; empty in every profile that is not for training.
        personal_key: the key that opens the files of DF01 for reading; None where the city gives none to counters.
        reads: further files that are read besides EF05 and EF06, as the reader library names them (`DF01EF05`).
        secure_messaging: whether records are written with a MAC; a file that asks for it is refused for now.
        pin_key: the key under which a PIN is unblocked or reset; None where counters do neither.
        pin: what a PIN has to be.
        psam: None where the city gives out no PSAM.
    """

    name: str
    training: bool
    algorithm: Algorithm
    diversification: tuple[str, ...]
    update_key: KeyAddress
    read_key: KeyAddress
    layouts: tuple[Layout, ...]
    training_keys: Mapping[int, bytes] = field(repr=False, default_factory=dict)
    personal_key: KeyAddress | None = None
    reads: tuple[str, ...] = ()
    secure_messaging: bool = False
    pin_key: KeyAddress | None = None
    pin: PinRules = field(default_factory=PinRules)
    psam: PsamRules | None = None

    def key(self, apdu_key_id: int) -> KeyAddress | None:
        """Return the key that a card knows by this id."""
        known = (self.update_key, self.read_key, self.personal_key, self.pin_key)
        return next((key for key in known if key is not None and key.apdu_key_id == apdu_key_id), None)

    def layout(self, spec_version: str) -> Layout:
        """Return what is written on cards of this version.

        Raises:
            NotOurBlank: this profile does not know the version.
        """
        for layout in self.layouts:
            if spec_version in layout.versions:
                return layout
        raise NotOurBlank
