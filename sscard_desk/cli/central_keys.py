"""`central keys`: the card keys of a centre. Keys, PINs and passphrases come from files or the terminal."""

import argparse
import getpass
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sscard_desk.cli.verb import Result, Verb
from sscard_desk.domain.errors.operator import UsageWrong

if TYPE_CHECKING:
    from sscard_desk.cards.algorithm import Algorithm
    from sscard_desk.central.card_keys.components import Component
    from sscard_desk.central.card_keys.key_place import KeyLabel
    from sscard_desk.central.centre import OpenCentre

CIPHERS: Final = ("3des", "sm4")
KINDS: Final = ("write", "read", "pin")
_IN_TABLES: Final = frozenset({"import", "remove", "limit", "release"})
_IN_PLACES: Final = frozenset({"init", "slot"})
_OPENING: Final = frozenset({"slot", "import", "remove"})
"""Acts that ask for the vault's passphrase where the centre's folder names no file with it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central keys`."""
    acts = parser.add_subparsers(dest="act", required=True)
    init = _act(acts, "init", "make a place for keys")
    init.add_argument("--place", choices=["pkcs11", "vault"], required=True)
    init.add_argument("--module", type=Path, help="pkcs11: path of the module")
    init.add_argument("--token", help="pkcs11: label of the token")
    init.add_argument("--pin-file", type=Path, help="pkcs11: file with the PIN of its user, the owner's alone")
    init.add_argument("--slot", default="first", help="vault: name of its first passphrase")
    init.add_argument("--keep-file", action="store_true", help="vault: the centre reads --passphrase-file at its start")
    slot = _act(acts, "slot", "let a further passphrase open the vault, or one no more")
    change = slot.add_mutually_exclusive_group(required=True)
    change.add_argument("--add", metavar="NAME")
    change.add_argument("--drop", metavar="NAME")
    slot.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="with the new passphrase")
    brought = _act(acts, "import", "bring a key in from its components, or the published ones of training")
    brought.add_argument("--place", choices=["pkcs11", "vault"], required=True)
    brought.add_argument("--training-profile", metavar="NAME", help="the keys of a training card profile")
    brought.add_argument("--key", metavar="HEX", help="key address and id, six hex characters")
    brought.add_argument("--cipher", choices=CIPHERS, default="3des")
    brought.add_argument("--purpose", choices=["write", "read", "personal", "pin"])
    brought.add_argument("--levels", default="city,card", help="of diversification, in order")
    brought.add_argument("--check", metavar="HEX", help="check value of the whole key, six hex characters")
    brought.add_argument("--component-file", type=Path, action="append", default=[], metavar="FILE")
    brought.add_argument("--components", type=int, default=2, metavar="N", help="how many are typed in without files")
    _act(acts, "list", "the keys that are held, with their check values")
    gone = _act(acts, "remove", "destroy a key")
    gone.add_argument("--key", metavar="HEX", required=True)
    gone.add_argument("--cipher", choices=CIPHERS, default="3des")
    gone.add_argument("--reason", required=True)
    audit = _act(acts, "show-audit", "who asked for what, and what became of it")
    audit.add_argument("--desk", default="", help="of one desk alone")
    audit.add_argument("--hours", type=float, default=0.0, help="of the last hours alone")
    audit.add_argument("--most", type=int, default=1000, help="at most so many, the newest")
    limit = _act(acts, "limit", "how many answers a desk is given in an hour")
    limit.add_argument("--desk", default="", help="one desk; all others without it")
    limit.add_argument("--kind", choices=KINDS, required=True)
    limit.add_argument("--per-hour", type=int, required=True, metavar="N")
    release = _act(acts, "release", "let a card go that an application was given and never began")
    release.add_argument("--card", required=True, metavar="CODE", help="its identification code")
    release.add_argument("--reason", required=True)


def run(words: argparse.Namespace) -> Result:
    """Do one act upon the card keys of a centre."""
    from sscard_desk.central.centre import open_centre

    centre = open_centre(words.folder, words.database)
    try:
        if words.act != "init" and words.passphrase_file:
            centre.card_keys.unlock(vault_passphrase(words.passphrase_file))
        elif words.act in _OPENING:
            centre.card_keys.ask_with(vault_passphrase)
        return _recorded(centre, words)
    finally:
        centre.close()


def _recorded(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    """Do an act; what it changes stands on the operators' record, in the transaction that changes it where it has one.

    Places of keys are files and tokens: making one, and its passphrases, are noted once they are done.
    """
    from sscard_desk.central.admin.acting import CONSOLE, acting, recording

    act, on = f"keys.{words.act}", _object(words)
    if words.act in _IN_TABLES:
        with acting(centre, CONSOLE, act, on) as noting:
            return _ACTS[words.act](noting, words)
    if words.act not in _IN_PLACES:
        return _ACTS[words.act](centre, words)
    with recording(centre, CONSOLE, act, on) as record:
        said = _ACTS[words.act](centre, words)
        with centre.database.writing() as connection:
            record(connection, on)
    return said


def _object(words: argparse.Namespace) -> str:
    """Return what an act is done to: a place, a slot, a key, a card or a limit; nothing secret."""
    if words.act == "limit":
        return f"{words.desk or '*'} {words.kind} {words.per_hour}"
    if words.act == "slot":
        return f"+{words.add}" if words.add else f"-{words.drop}"
    named = (getattr(words, name, None) for name in ("training_profile", "key", "card", "place"))
    return str(next((each for each in named if each), ""))


def vault_passphrase(file: Path | None = None) -> bytes:
    """Return the passphrase of the vault: from a file, or from the terminal without one.

    Raises:
        VaultPassphraseWrong: none came.
    """
    from sscard_desk.central.card_keys.places import read_secret
    from sscard_desk.domain.errors.card_keys import VaultPassphraseWrong

    if file:
        return read_secret(file, VaultPassphraseWrong)
    try:
        return getpass.getpass("Vault passphrase: ").encode()
    except (OSError, EOFError):
        raise VaultPassphraseWrong from None


def _act(acts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, said: str) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=said, description=said)
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--database", default="", metavar="URL", help="of the centre, where it has moved since")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="opens the vault; the owner's alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _init(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    if words.place == "pkcs11":
        if not (words.module and words.token and words.pin_file):
            raise UsageWrong(reason="--place pkcs11 needs --module, --token and --pin-file")
        centre.card_keys.make_token(words.module, words.token, words.pin_file)
    else:
        if words.keep_file and not words.passphrase_file:
            raise UsageWrong(reason="--keep-file needs --passphrase-file")
        kept = words.passphrase_file if words.keep_file else None
        centre.card_keys.make_vault(words.slot, vault_passphrase(words.passphrase_file), kept)
    return {"places": list(centre.card_keys.names())}


def _slot(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.central.card_keys.places import read_secret
    from sscard_desk.domain.errors.card_keys import VaultPassphraseWrong

    vault = centre.card_keys.vault()
    if words.drop:
        return {"changed": vault.drop_slot(words.drop), "slots": list(vault.slots)}
    if words.new_passphrase_file:
        new = read_secret(words.new_passphrase_file, VaultPassphraseWrong)
    else:
        new = getpass.getpass("New passphrase: ").encode()
    vault.add_slot(words.add, new)
    return {"changed": True, "slots": list(vault.slots)}


def _import(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.cards.profile_file import load_profile
    from sscard_desk.central.card_keys import components, keeping
    from sscard_desk.resources import resource

    if words.training_profile:
        path = resource("card_profiles", f"{Path(words.training_profile).name}.toml")
        keys = keeping.keep_training_keys(centre, load_profile(path), words.place)
    else:
        new = keeping.NewKey(_label(words), words.place, _need(words.purpose, "--purpose"), _levels(words.levels))
        check = _hex(_need(words.check, "--check"), 3, "--check")
        value = components.combined(_components(words), new.label.algorithm, check)
        keys = [keeping.keep_key(centre, new, value)]
    return {"keys": [{"key": key.name, "cipher": key.algorithm, "check_value": key.check_value} for key in keys]}


def _list(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.central.card_keys import keeping
    from sscard_desk.central.store import card_keys as kept

    del words
    with centre.database.reading() as connection:
        held = kept.held_keys(connection)
    return {
        "places": list(centre.card_keys.names()),
        "limits": keeping.limits(centre),
        "keys": [
            {
                "key": key.name,
                "cipher": key.algorithm,
                "place": key.place,
                "purpose": key.purpose,
                "levels": list(key.levels),
                "training": key.training,
                "check_value": key.check_value,
                "since": _time(key.since_ms),
                "sound": keeping.sound(centre, key),
            }
            for key in held
        ],
    }


def _remove(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.central.card_keys import keeping

    label = _label(words)
    keeping.drop_key(centre, label, words.reason)
    return {"key": label.name, "cipher": label.algorithm.name}


def _show_audit(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.central.store import card_keys as kept

    since_ms = centre.now_ms() - int(words.hours * kept.HOUR_MS) if words.hours else 0
    with centre.database.reading() as connection:
        found = kept.uses(connection, words.desk, since_ms, words.most)
    shown = ("desk", "act", "kind", "application", "card", "reason", "state")
    return {
        "uses": [
            {"at": _time(use.at_ms), "key": use.key_name, "cipher": use.algorithm}
            | {name: value for name, value in asdict(use).items() if name in shown}
            for use in found
        ]
    }


def _limit(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.central.card_keys import keeping

    if words.per_hour < 0:
        raise UsageWrong(reason="--per-hour is a natural number")
    keeping.set_limit(centre, words.desk, words.kind, words.per_hour)
    return {"desk": words.desk, "kind": words.kind, "per_hour": words.per_hour}


def _release(centre: "OpenCentre", words: argparse.Namespace) -> Result:
    from sscard_desk.central.card_keys import keeping

    return {"card": words.card, "application": keeping.release_card(centre, words.card, words.reason)}


_ACTS: Final[dict[str, "Callable[[OpenCentre, argparse.Namespace], Result]"]] = {
    "init": _init,
    "slot": _slot,
    "import": _import,
    "list": _list,
    "remove": _remove,
    "show-audit": _show_audit,
    "limit": _limit,
    "release": _release,
}


def _components(words: argparse.Namespace) -> "list[Component]":
    from sscard_desk.central.card_keys.components import Component
    from sscard_desk.central.card_keys.places import read_secret
    from sscard_desk.domain.errors.card_keys import KeyComponentWrong

    if not words.component_file:
        asked = range(1, words.components + 1)
        return [Component.read(getpass.getpass(f"Component {n} and its check value: "), n) for n in asked]
    read: list[Component] = []
    for number, path in enumerate(words.component_file, 1):
        line = read_secret(path, partial(KeyComponentWrong, which=str(number), reason="form"))
        read.append(Component.read(line.decode("ascii", "replace"), number))
    return read


def _label(words: argparse.Namespace) -> "KeyLabel":
    from sscard_desk.central.card_keys.key_place import KeyLabel

    return KeyLabel(_hex(_need(words.key, "--key"), 3, "--key").hex().upper(), _algorithm(words.cipher))


def _algorithm(word: str) -> "Algorithm":
    from sscard_desk.cards.algorithm import Algorithm

    return {"3des": Algorithm.TRIPLE_DES, "sm4": Algorithm.SM4}[word]


def _levels(text: str) -> tuple[str, ...]:
    from sscard_desk.central.card_keys.keeping import LEVELS

    levels = tuple(text.split(","))
    if not levels or not set(levels) <= set(LEVELS):
        raise UsageWrong(reason=f"--levels are {', '.join(LEVELS)}")
    return levels


def _hex(text: str, length: int, word: str) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != length:
        raise UsageWrong(reason=f"{word} is {2 * length} hex characters")
    return value


def _need(text: str | None, word: str) -> str:
    if not text:
        raise UsageWrong(reason=f"{word} is needed")
    return text


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


VERBS = (Verb("central keys", "the card keys of a centre", run, arguments),)
