"""A desk whose last password is lost asks, and the centre answers: two texts that can be carried as files or typed.

The request carries the desk's recovery slot (the database key sealed to the centre's rescue key) and a public key that
follows from the password the person has just chosen. The answer carries the same database key sealed to that public
key, with the centre's signature: it opens nothing without that password, at no other desk, and for one account.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Final, Self

import msgspec

KIND: Final = "rescue_key"
"""Reference row with the centre's public rescue key: `public`, `serial`, `seal`."""
REQUEST_BYTES: Final = 16
_CHECK: Final = 4
_GROUP: Final = 5


@dataclass(frozen=True)
class RescueRequest:
    """What a desk asks with; nothing in it opens anything.

    Attributes:
        request: random name, 32 hex characters.
        desk: what the centre calls the desk.
        slot: id of the recovery slot.
        public: X25519 key that follows from the new password, 32 bytes.
        boxes: the database key sealed to the centre's rescue key; two while it changes.
    """

    request: str
    desk: str
    slot: str
    public: bytes
    boxes: tuple[bytes, ...] = field(repr=False)

    def text(self) -> str:
        """Return it as groups of letters and digits."""
        return _text((self.request, self.desk, self.slot, self.public, self.boxes))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what was typed or carried; blanks, dashes and line ends are passed over.

        Raises:
            ValueError: this is no request, or a character of it is wrong.
        """
        return cls(*msgspec.msgpack.decode(_bytes(text), type=tuple[str, str, str, bytes, tuple[bytes, ...]]))


@dataclass(frozen=True)
class RescueAnswer:
    """What the centre answers.

    Attributes:
        request: the request's name.
        account: who may open the desk with it.
        box: the database key, two after another while it changes, sealed to the request's public key.
        seal: the centre's Ed25519 signature over `answer_bytes`, the key of its receipts.
    """

    request: str
    account: str
    box: bytes = field(repr=False)
    seal: bytes

    def text(self) -> str:
        """Return it as groups of letters and digits."""
        return _text((self.request, self.account, self.box, self.seal))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what was typed or carried.

        Raises:
            ValueError: this is no answer, or a character of it is wrong.
        """
        return cls(*msgspec.msgpack.decode(_bytes(text), type=tuple[str, str, bytes, bytes]))


def answer_bytes(request: str, desk: str, account: str, box: bytes) -> bytes:
    """Return what the centre signs."""
    return msgspec.msgpack.encode(("rescue", request, desk, account, box))


def box_words(request: str, desk: str, account: str) -> bytes:
    """Return what the box of an answer is bound to."""
    return msgspec.msgpack.encode(("rescue-box", request, desk, account))


def key_bytes(public: str, serial: int) -> bytes:
    """Return what the centre signs over its public rescue key."""
    return msgspec.msgpack.encode(("rescue-key", public, serial))


def _text(parts: tuple[object, ...]) -> str:
    data = msgspec.msgpack.encode(parts)
    packed = base64.b32encode(data + hashlib.sha256(data).digest()[:_CHECK]).decode().rstrip("=")
    return "-".join(packed[at : at + _GROUP] for at in range(0, len(packed), _GROUP))


def _bytes(text: str) -> bytes:
    packed = "".join(text.split()).replace("-", "").upper()
    data = base64.b32decode(packed + "=" * (-len(packed) % 8))
    data, check = data[:-_CHECK], data[-_CHECK:]
    if hashlib.sha256(data).digest()[:_CHECK] != check:
        raise ValueError("a character is wrong")
    return data
