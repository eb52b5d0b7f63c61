"""Reading a card profile: a checked schema, and errors with file, line and key."""

import re
from pathlib import Path
from typing import Final

from sscard_desk.cards import cipher, ssse
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.card_file import CardFile
from sscard_desk.cards.data_file import open_data, refuse_if_wrong
from sscard_desk.cards.file_layout import shipped_layouts
from sscard_desk.cards.items import Item
from sscard_desk.cards.pin_rules import WEAK, PinRules
from sscard_desk.cards.profile import CardProfile, KeyAddress, Layout, PsamRules
from sscard_desk.domain.errors.card_model import CipherNotBuilt
from sscard_desk.forms.node import Node

_HEX: Final = re.compile("(?:[0-9A-Fa-f]{2} ?)+")
_BYTE: Final = re.compile("[0-9A-F]{2}")
_BLOCK_OF_UNKNOWN: Final = 8


def load_profile(path: Path) -> CardProfile:
    """Read a profile; its name is the file's name without the ending.

    Raises:
        CardDataWrong: the file is missing or breaks the schema; the first problem with line and key.
    """
    root = open_data(path)
    training = root.flag("training", default=False)
    algorithm = _algorithm(root)
    challenge = _block(algorithm)
    keys = root.table("keys")
    update, read = (_key(keys.table(name, "key"), challenge) for name in ("update", "read"))
    personal = keys.table_if("personal", "key")
    personal_key = _key(personal, challenge) if personal is not None else None
    pin = keys.table_if("pin", "key")
    pin_key = _key(pin, challenge) if pin is not None else None
    keys.done()
    profile = CardProfile(
        name=path.stem,
        training=training,
        algorithm=algorithm,
        diversification=_levels(root),
        update_key=update,
        read_key=read,
        layouts=tuple(_layout(node) for node in root.tables("layout")),
        training_keys=_training_keys(root, training=training),
        personal_key=personal_key,
        pin_key=pin_key,
        pin=_pin_rules(root),
        psam=_psam(root),
        reads=_reads(root),
        secure_messaging=root.flag("secure_messaging", default=False),
    )
    if profile.secure_messaging:
        # no source says under which key a record's MAC is made; the card would refuse the first record with 9406
        root.refuse("secure_messaging", "card_messages")
    root.done()
    refuse_if_wrong(root)
    return profile


def _algorithm(root: Node) -> Algorithm:
    text = root.text("algorithm")
    algorithm = Algorithm(int(text, 16)) if _BYTE.fullmatch(text) else Algorithm.OTHER
    if algorithm is Algorithm.OTHER and root.has("algorithm"):
        root.refuse("algorithm", "card_cipher", found=text)
    return algorithm


def _block(algorithm: Algorithm) -> int:
    try:
        return cipher.block_length(algorithm)
    except CipherNotBuilt:
        return _BLOCK_OF_UNKNOWN  # whoever uses a key of it is refused by name


def _levels(root: Node) -> tuple[str, ...]:
    node = root.table("diversification")
    levels = node.texts("levels")
    for n, level in enumerate(levels):
        if level not in {"city", "card"}:
            node.refuse(f"levels[{n}]", "card_level", found=level)
    node.done()
    return levels


def _key(node: Node, challenge: int) -> KeyAddress:
    apdu_key_id, address, key_id = (
        _hex(node, key, n) for key, n in (("apdu_key_id", 1), ("hsm_key_address", 2), ("hsm_key_id", 1))
    )
    node.done()
    return KeyAddress(apdu_key_id[0], address, key_id[0], challenge)


def _hex(node: Node, key: str, length: int) -> bytes:
    text = node.text(key)
    value = bytes.fromhex(text) if _HEX.fullmatch(text) else b""
    if len(value) != length:
        if node.has(key):
            # what stands there may be a key that somebody put into the wrong file
            node.refuse(key, "card_key", found="…", bytes=str(length))
        return bytes(length)
    return value


def _training_keys(root: Node, *, training: bool) -> dict[int, bytes]:
    node = root.table_if("training_keys")
    if node is None:
        return {}
    if node.names() and not training:
        root.refuse("training_keys", "card_keys_published")
    keys = {}
    for key in node.names():
        value = _hex(node, key, cipher.KEY_LENGTH)
        if not _BYTE.fullmatch(key):
            node.refuse(key, "card_key", found=key, bytes="1")
            continue
        keys[int(key, 16)] = value
    return keys


def _pin_rules(root: Node) -> PinRules:
    node = root.table_if("pin")
    if node is None:
        return PinRules()
    length, initial, weak = node.whole("length", least=4, most=12), node.texts("initial"), node.texts("weak")
    for n, pin in enumerate(initial):
        if len(pin) != length or not (pin.isascii() and pin.isdecimal()):
            node.refuse(f"initial[{n}]", "card_pin_initial", found=str(len(pin)), digits=str(length))
    for n, name in enumerate(weak):
        if name not in WEAK:
            node.refuse(f"weak[{n}]", "not_a_choice", found=name, known=", ".join(WEAK))
    pad_changes = node.flag("pad_changes", default=False)
    node.done()
    return PinRules(length, initial, weak, pad_changes)


def _psam(root: Node) -> PsamRules | None:
    node = root.table_if("psam")
    if node is None:
        return None
    text = node.text("application")
    if not _HEX.fullmatch(text):
        node.refuse("application", "card_key", found="…", bytes="6")
    listed = node.table("keys")
    indexes = {}
    for key in listed.names():
        index = _hex(listed, key, 1)
        if _BYTE.fullmatch(key):
            indexes[int(key, 16)] = index[0]
        else:
            listed.refuse(key, "card_key", found=key, bytes="1")
    node.done()
    return PsamRules(bytes.fromhex(text) if _HEX.fullmatch(text) else b"", indexes)


def _layout(node: Node) -> Layout:
    versions = node.texts("versions")
    items = []
    for n, words in enumerate(node.texts("items")):
        found = _written_item(words)
        if found is None:
            node.refuse(f"items[{n}]", "card_item_unknown", found=words)
        elif found[0] is ssse.EF05 and found[1].tag < ssse.ISSUE_DATE.tag:
            # 01 to 04 belong to the blank: its maker writes them, the desk only checks them
            node.refuse(f"items[{n}]", "card_item_of_maker", found=words)
        else:
            items.append(found)
    node.done()
    return Layout(versions, tuple(items))


def _written_item(words: str) -> tuple[CardFile, Item] | None:
    file_name, _, tag = words.partition(" ")
    file = ssse.FILES.get(file_name)
    if file is None or not _BYTE.fullmatch(tag):
        return None
    return next(((file, item) for item in file.items if item.tag == int(tag, 16)), None)


def _reads(root: Node) -> tuple[str, ...]:
    node = root.table_if("reading")
    if node is None:
        return ()
    addresses = node.texts("files")
    known = {file.address for layout in shipped_layouts() for file in layout.files}
    for n, address in enumerate(addresses):
        if address not in known:
            node.refuse(f"files[{n}]", "not_a_choice", found=address, known="DF01EF05, DF01EF06 …")
    node.done()
    return addresses
