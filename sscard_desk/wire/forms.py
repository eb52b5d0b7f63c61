"""An edition of a form on its way from the centre to its desks: all files in one row, sealed by the centre.

Row of kind `form_edition`, id `<form>/<edition>`; texts `form`, `edition`, `form_toml`, `paper_toml`, `codes` (the code
tables that the form names, as a JSON object of name and file), `sha256` (64 hex digits over all files) and `seal` (the
centre's Ed25519 signature, the key of its receipts, 128 hex digits).
"""

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import msgspec

KIND: Final = "form_edition"


@dataclass(frozen=True)
class FormEdition:
    """The files of an edition.

    Attributes:
        form: folder name, for example `registration`.
        edition: as it stands in `form.toml`.
        form_toml: questions, checks and words.
        paper_toml: layout.
        codes: (name, file) of each code table, by name; editions of older centres have none.
    """

    form: str
    edition: str
    form_toml: str
    paper_toml: str
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The item's id."""
        return edition_id(self.form, self.edition)

    @property
    def sha256(self) -> str:
        """The content as one number: each file's length and bytes, a table's name before its file."""
        digest = hashlib.sha256()
        for file in (self.form_toml, self.paper_toml, *itertools.chain(*self.codes)):
            data = file.encode()
            digest.update(len(data).to_bytes(8) + data)
        return digest.hexdigest()

    def sealed_bytes(self) -> bytes:
        """Return what the centre signs."""
        return msgspec.msgpack.encode(("form", self.form, self.edition, self.sha256))

    def row(self, seal: bytes) -> dict[str, str]:
        """Return the reference row."""
        return {
            "form": self.form,
            "edition": self.edition,
            "form_toml": self.form_toml,
            "paper_toml": self.paper_toml,
            "codes": msgspec.json.encode(dict(self.codes)).decode(),
            "sha256": self.sha256,
            "seal": seal.hex(),
        }

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Self:
        """Take a row apart; what is missing is empty and fits no seal."""
        form, edition, questions, layout = (
            row.get(name, "") for name in ("form", "edition", "form_toml", "paper_toml")
        )
        return cls(form, edition, questions, layout, _tables(row.get("codes", "")))


def _tables(text: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(sorted(msgspec.json.decode(text, type=dict[str, str]).items()))
    except msgspec.MsgspecError:
        return ()


def edition_id(form: str, edition: str) -> str:
    """Return the id of an edition's item."""
    return f"{form}/{edition}"


def seal_of(row: Mapping[str, str]) -> bytes:
    """Return a row's seal, empty where it is none."""
    try:
        return bytes.fromhex(row.get("seal", ""))
    except ValueError:
        return b""
