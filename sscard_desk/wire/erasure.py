"""The centre's order to erase one subject, as it travels in the feed: sealed, and naming nobody.

Item of kind `erasure`, id the subject; texts `why` (a word of `domain.erasure.Why`), `rule`, `at_ms`, `entries` (how
many entries the centre held of it), `digest` (64 hex digits) and `seal` (the key of the receipts, 128 hex digits). Item
of kind `erasure_answer`, id the subject: `state` (`refused`), `words`, `at_ms`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

import msgspec

KIND: Final = "erasure"
ANSWER_KIND: Final = "erasure_answer"
ERASED: Final = "erased"
"""Code with which the centre takes an entry whose subject was erased: it keeps its header alone."""


@dataclass(frozen=True)
class ErasureOrder:
    """What the centre erased.

    Attributes:
        subject: application, list or batch.
        why: the reason.
        rule: the period or the request, in words without personal data.
        at_ms: the centre's time, milliseconds since 1970 UTC.
        entries: how many entries it held.
        digest: SHA-256 over their hashes in order of hash, as hex: says which entries, whatever is left of them.
    """

    subject: str
    why: str
    rule: str
    at_ms: int
    entries: int
    digest: str

    def sealed_bytes(self) -> bytes:
        """Return what the centre signs."""
        told = ("erasure", self.subject, self.why, self.rule, self.at_ms, self.entries, self.digest)
        return msgspec.msgpack.encode(told)

    def row(self, seal: bytes) -> dict[str, str]:
        """Return the texts of the item."""
        return {
            "why": self.why,
            "rule": self.rule,
            "at_ms": str(self.at_ms),
            "entries": str(self.entries),
            "digest": self.digest,
            "seal": seal.hex(),
        }

    @classmethod
    def of(cls, subject: str, row: Mapping[str, str]) -> Self:
        """Take an item apart; what is missing fits no seal."""
        at_ms, entries = (int(text) if (text := row.get(name, "")).isdecimal() else -1 for name in ("at_ms", "entries"))
        return cls(subject, row.get("why", ""), row.get("rule", ""), at_ms, entries, row.get("digest", ""))


def digest_of(hashes: Iterable[bytes]) -> str:
    """Return the digest over entries, by their hashes, in any order."""
    return hashlib.sha256(b"".join(sorted(hashes))).hexdigest()
