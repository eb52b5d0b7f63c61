"""Card profiles: which items a city writes, with which keys. Data, never code (`resources/card_profiles/*.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sscard_desk.cards import ssse
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.items import Item
from sscard_desk.cards.ssse import CardFile
from sscard_desk.domain.errors.operator import NotOurBlank, SettingWrong

KEY_LENGTH = 16


@dataclass(frozen=True)
class KeyAddress:
    """One key, as the card and as a key service name it (domain reference A.8, single source).

    Attributes:
        apdu_key_id: P2 of EXTERNAL AUTHENTICATE.
        hsm_key_address: two bytes, as the key service of the centre counts.
        hsm_key_id: one byte, likewise.
    """

    apdu_key_id: int
    hsm_key_address: bytes
    hsm_key_id: int


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
    """

    name: str
    training: bool
    algorithm: Algorithm
    diversification: tuple[str, ...]
    update_key: KeyAddress
    read_key: KeyAddress
    layouts: tuple[Layout, ...]
    training_keys: Mapping[int, bytes] = field(repr=False, default_factory=dict)

    def layout(self, spec_version: str) -> Layout:
        """Return what is written on cards of this version.

        Raises:
            NotOurBlank: this profile does not know the version.
        """
        for layout in self.layouts:
            if spec_version in layout.versions:
                return layout
        raise NotOurBlank


def load_profile(path: Path) -> CardProfile:
    """Read a profile.

    Raises:
        SettingWrong: the file is missing, is no TOML, or an entry is missing or unknown.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _profile(path.stem, table)
    except OSError:
        raise SettingWrong(name=path.name, reason="missing") from None
    except KeyError as missing:
        raise SettingWrong(name=path.name, reason=str(missing.args[0])) from None
    except (ValueError, TypeError, AttributeError) as wrong:
        raise SettingWrong(name=path.name, reason=str(wrong)) from None


def _profile(name: str, table: dict[str, Any]) -> CardProfile:
    training = table["training"] is True
    keys = {int(key_id, 16): bytes.fromhex(key) for key_id, key in table.get("training_keys", {}).items()}
    if any(len(key) != KEY_LENGTH for key in keys.values()):
        raise ValueError("training_keys: 16 bytes each")
    if keys and not training:
        raise ValueError("training_keys")
    levels = tuple(table["diversification"]["levels"])
    if not set(levels) <= {"city", "card"}:
        raise ValueError("diversification.levels: city, card")
    return CardProfile(
        name=name,
        training=training,
        algorithm=Algorithm(int(table["algorithm"], 16)),
        diversification=levels,
        update_key=_key(table["keys"]["update"]),
        read_key=_key(table["keys"]["read"]),
        layouts=tuple(_layout(layout) for layout in table["layout"]),
        training_keys=keys,
    )


def _key(table: dict[str, Any]) -> KeyAddress:
    return KeyAddress(
        int(table["apdu_key_id"], 16), bytes.fromhex(table["hsm_key_address"]), int(table["hsm_key_id"], 16)
    )


def _layout(table: dict[str, Any]) -> Layout:
    items = []
    for words in table["items"]:
        file_name, _, tag = words.partition(" ")
        file = ssse.FILES[file_name]
        item = file.item(int(tag, 16))
        if file is ssse.EF05 and item.tag < ssse.ISSUE_DATE.tag:
            # 01 to 04 belong to the blank: its maker writes them, the desk only checks them
            raise ValueError(words)
        items.append((file, item))
    return Layout(tuple(table["versions"]), tuple(items))
