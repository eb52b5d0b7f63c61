"""A SoftHSM2 token of the tests' own and vaults, to keep card keys in."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sscard_desk.central.card_keys.keeping import keep_training_keys
from sscard_desk.central.card_keys.key_place import KeyPlace
from sscard_desk.central.card_keys.vault import Vault
from sscard_desk.central.centre import OpenCentre
from tests.machines.pcsc import sm4_profile, training_profile

PASSPHRASE = b"words of a keeper"
PIN = "token-pin-4711"
LABEL = "card keys"
_MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")


@dataclass(frozen=True)
class SoftToken:
    """A token that SoftHSM2 keeps in a folder; one for a whole run, since the module reads its settings once."""

    module: Path
    label: str
    pin_file: Path
    folder: Path


@cache
def soft_token() -> SoftToken:
    assert shutil.which("softhsm2-util"), "tools/setup.py installs softhsm2, and this test needs it"
    folder = Path(tempfile.mkdtemp(prefix="sscard-token-"))
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    call = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "so-pin-0815", "--pin", PIN]
    subprocess.run(call, check=True, capture_output=True)
    pin_file = secret_file(folder / "pin", PIN.encode())
    return SoftToken(next(Path(path) for path in _MODULES if Path(path).exists()), LABEL, pin_file, folder)


def secret_file(path: Path, content: bytes) -> Path:
    path.write_bytes(content + b"\n")
    path.chmod(0o600)
    return path


def give_keys(centre: OpenCentre, place: str) -> None:
    """Make a place at a centre and bring the training keys in: 3DES into a token, both ciphers into a vault."""
    make_place(centre, place)
    keep_training_keys(centre, training_profile(), place)
    if place == "vault":
        keep_training_keys(centre, sm4_profile(), place)


def make_place(centre: OpenCentre, place: str) -> KeyPlace:
    if place == "pkcs11":
        token = soft_token()
        return centre.card_keys.make_token(token.module, token.label, token.pin_file)
    file = secret_file(centre.folder.parent / f"passphrase-{centre.folder.name}", PASSPHRASE)
    return centre.card_keys.make_vault("keeper", PASSPHRASE, file)


def new_vault(folder: Path) -> Vault:
    return Vault.make(folder / "card_keys.vault", "keeper", PASSPHRASE)
