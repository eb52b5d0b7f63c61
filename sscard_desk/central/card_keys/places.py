"""The places of one centre's card keys, as `card_keys.toml` in its folder names them; opened when they are asked."""

import os
import secrets
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

from sscard_desk.central.card_keys.key_place import KeyPlace
from sscard_desk.central.card_keys.vault import FILE as VAULT_FILE
from sscard_desk.central.card_keys.vault import Vault
from sscard_desk.domain.errors.card_keys import CardKeysAway, KeysNotSetUp, TokenRefused, VaultPassphraseWrong

FILE: Final = "card_keys.toml"
TOKEN: Final = "pkcs11"  # noqa: S105 - what a place is called
VAULT: Final = "vault"
PLACES: Final = (TOKEN, VAULT)
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_LONGEST: Final = 1024


class Places:
    """Opens token and vault, once each.

    Args:
        folder: the centre's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._passphrase = b""
        self._ask: Callable[[], bytes] = bytes
        self._open: dict[str, KeyPlace] = {}
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"Places({', '.join(self.names())})"

    def names(self) -> tuple[str, ...]:
        """Return which places were made."""
        return tuple(name for name in PLACES if name in self._settings())

    def unlock(self, passphrase: bytes) -> None:
        """Take the passphrase that opens the vault; it goes before a file that the folder names."""
        self._passphrase = passphrase

    def ask_with(self, ask: Callable[[], bytes]) -> None:
        """Take who asks for the passphrase where neither file nor passphrase was given."""
        self._ask = ask

    def place(self, name: str) -> KeyPlace:
        """Return an open place.

        Raises:
            KeysNotSetUp: it was not made.
            TokenRefused: `module`, `token`, `pin`.
            VaultPassphraseWrong, VaultDamaged: the vault.
        """
        with self._lock:
            if name not in self._open:
                self._open[name] = self._opened(name)
            return self._open[name]

    def vault(self) -> Vault:
        """Return the open vault.

        Raises:
            KeysNotSetUp, VaultPassphraseWrong, VaultDamaged: as `place`.
        """
        place = self.place(VAULT)
        if not isinstance(place, Vault):
            raise CardKeysAway
        return place

    def make_token(self, module: Path, token: str, pin_file: Path) -> KeyPlace:
        """Note a token as a place, and open it to see that it is there.

        Raises:
            KeysNotSetUp: `there`, one was noted before.
            TokenRefused: `module`, `token`, `pin`.
        """
        self._need_new(TOKEN)
        prefix = f"sscard-{secrets.token_hex(4)}-"
        table = {"module": str(module), "token": token, "pin_file": str(pin_file.absolute()), "prefix": prefix}
        place = _token(table)
        place.labels()
        with self._lock:
            self._keep(self._settings() | {TOKEN: table})
            self._open[TOKEN] = place
        return place

    def make_vault(self, slot: str, passphrase: bytes, passphrase_file: Path | None) -> Vault:
        """Make an empty vault in the centre's folder.

        Args:
            slot: name of its first slot.
            passphrase: opens it.
            passphrase_file: where the centre reads it when it starts; None where somebody gives it each time.

        Raises:
            KeysNotSetUp: `there`.
            VaultPassphraseWrong: the passphrase is empty.
        """
        self._need_new(VAULT)
        place = Vault.make(self._folder / VAULT_FILE, slot, passphrase)
        named = str(passphrase_file.absolute()) if passphrase_file else ""
        with self._lock:
            self._keep(self._settings() | {VAULT: {"passphrase_file": named}})
            self._open[VAULT] = place
        return place

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            for place in self._open.values():
                place.close()
            self._open.clear()

    def _opened(self, name: str) -> KeyPlace:
        table = self._settings().get(name)
        if table is None:
            raise KeysNotSetUp(place=name, reason="missing")
        if name == TOKEN:
            return _token(table)
        file = table.get("passphrase_file", "")
        passphrase = self._passphrase or (read_secret(Path(file), VaultPassphraseWrong) if file else self._ask())
        return Vault.open(self._folder / VAULT_FILE, passphrase)

    def _need_new(self, name: str) -> None:
        if name in self._settings():
            raise KeysNotSetUp(place=name, reason="there")

    def _settings(self) -> dict[str, dict[str, str]]:
        path = self._folder / FILE
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def _keep(self, settings: dict[str, dict[str, str]]) -> None:
        lines: list[str] = []
        for name, table in settings.items():
            lines += [f"[{name}]", *(f"{key} = {_quoted(value)}" for key, value in table.items()), ""]
        fresh = self._folder / (FILE + ".new")
        fresh.write_text("\n".join(lines), encoding="utf-8")
        fresh.replace(self._folder / FILE)


def read_secret(path: Path, refused: Callable[[], Exception]) -> bytes:
    """Return the first line of a file that its owner alone may read.

    Args:
        path: the file.
        refused: what is raised where it is missing, empty or open to others.
    """
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise refused()
            line = file.readline(_LONGEST).rstrip(b"\r\n")
    except OSError:
        raise refused() from None
    if not line:
        raise refused()
    return line


def _token(table: dict[str, str]) -> KeyPlace:
    from sscard_desk.central.card_keys.token import Token  # noqa: PLC0415 - PKCS#11 only where there is a token

    pin = read_secret(Path(table["pin_file"]), lambda: TokenRefused(reason="pin"))
    return Token(Path(table["module"]), table["token"], pin.decode("utf-8", "replace"), table["prefix"])


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
