"""A TPM 2.0 by the programs of tpm2-tools (BSD), each a process of its own: sealed under the owner's primary key.

The sealed object lies in the slot; the chip opens it again, and no other chip does. The secret goes through pipes,
never into an argument or a file. Where the chip is reached says `TPM2TOOLS_TCTI`, as for those programs. Tried with
swtpm 0.7 and tpm2-tools 5.4, not with a chip. Linux.
"""

import subprocess
import tempfile
from pathlib import Path
from shutil import which
from typing import Final

import msgspec

from sscard_desk.domain.errors.slots import MachineSealTrouble, OtherMachine

KIND: Final = "tpm"
DEADLINE_S: Final = 20.0


class TpmSeal:
    """`ports.machine_seal.MachineSeal` over a TPM 2.0."""

    kind = KIND

    def seal(self, secret: bytes) -> bytes:
        """Return the secret as only this chip can open it."""
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            self._primary(place)
            self._run(place, "tpm2_create", "-Q", "-C", "p", "-i", "-", "-u", "pub", "-r", "priv", given=secret)
            return msgspec.msgpack.encode(((place / "pub").read_bytes(), (place / "priv").read_bytes()))

    def unseal(self, kept: bytes) -> bytes:
        """Return the secret."""
        try:
            public, private = msgspec.msgpack.decode(kept, type=tuple[bytes, bytes])
        except msgspec.MsgspecError:
            raise OtherMachine(kind=KIND) from None
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            (place / "pub").write_bytes(public)
            (place / "priv").write_bytes(private)
            self._primary(place)
            try:
                self._run(place, "tpm2_load", "-Q", "-C", "p", "-u", "pub", "-r", "priv", "-c", "s")
            except MachineSealTrouble as refused:
                if refused.reason == "refused":  # the chip is there, and this is not its object
                    raise OtherMachine(kind=KIND) from None
                raise
            return self._run(place, "tpm2_unseal", "-c", "s")

    def _primary(self, place: Path) -> None:
        """Have the chip make its primary key again, always the same; that it cannot is no matter of the secret.

        Raises:
            MachineSealTrouble: `no-chip`.
        """
        try:
            self._run(place, "tpm2_createprimary", "-Q", "-C", "o", "-g", "sha256", "-G", "ecc", "-c", "p")
        except MachineSealTrouble as trouble:
            raise MachineSealTrouble(
                kind=KIND, reason="no-chip" if trouble.reason == "refused" else trouble.reason
            ) from None

    def _run(self, place: Path, *words: str, given: bytes = b"") -> bytes:
        program = which(words[0])
        if program is None:
            raise MachineSealTrouble(kind=KIND, reason="no-tools")
        try:
            done = subprocess.run(
                [program, *words[1:]], input=given, capture_output=True, cwd=place, timeout=DEADLINE_S, check=False
            )
        except subprocess.TimeoutExpired:
            raise MachineSealTrouble(kind=KIND, reason="silent") from None
        except OSError as error:
            raise MachineSealTrouble(kind=KIND, reason=str(error.errno)) from None
        self._flush(place)
        if done.returncode:
            raise MachineSealTrouble(kind=KIND, reason="refused")
        return done.stdout

    def _flush(self, place: Path) -> None:
        """Have the chip forget what was loaded: it has room for three, and no resource manager may stand before it."""
        program = which("tpm2_flushcontext")
        if program is not None:
            subprocess.run([program, "-t"], capture_output=True, cwd=place, timeout=DEADLINE_S, check=False)
