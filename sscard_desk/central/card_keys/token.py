"""Card keys in a PKCS#11 token (OASIS PKCS#11 2.40); no key ever leaves it.

Device: a hardware security module or SoftHSM2. Interface: its PKCS#11 module through python-pkcs11. Tried: SoftHSM2
2.6.1; no hardware module yet. 3DES alone: PKCS#11 2.40 has no SM4, and modules that have it use numbers of their own.

A master key may do one thing: CKM_DES3_ECB_ENCRYPT_DATA (2.40, 2.19) makes the key one level below inside the token, as
a session object that is sensitive, cannot be taken out and is destroyed with the answer. For the first blocks of a MAC,
which are single DES, the token makes one more key whose three parts are the same left half.

No master key comes out, whatever is asked. Whoever has the token and its PIN can still have it derive a card's key that
may be read: 2.40 binds nobody to a template for what is derived.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.constants import DEFAULT
from pkcs11.exceptions import (
    MultipleObjectsReturned,
    NoSuchKey,
    NoSuchToken,
    PinIncorrect,
    PKCS11Error,
    UserAlreadyLoggedIn,
)

from sscard_desk.cards import secure_messaging
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.central.card_keys.key_place import CHECK_LENGTH, Challenge, KeyLabel
from sscard_desk.domain.errors.card_keys import CardKeyExists, CardKeyUnknown, TokenRefused

KEY_BITS: Final = 192
BLOCK: Final = 8
_ZERO: Final = bytes(BLOCK)
_HIDDEN: Final[dict[Attribute, Any]] = {
    Attribute.SENSITIVE: True,
    Attribute.EXTRACTABLE: False,
    Attribute.PRIVATE: True,
    Attribute.WRAP: False,
    Attribute.UNWRAP: False,
    Attribute.DECRYPT: False,
    Attribute.SIGN: False,
    Attribute.VERIFY: False,
}


class _StringData(ctypes.Structure):
    """CK_KEY_DERIVATION_STRING_DATA: the library knows it for AES alone, so it is laid out here.

    On Windows structures of PKCS#11 have no gaps (2.40, 2.1); that was not tried there.
    """

    if os.name == "nt":
        _pack_ = 1
    _fields_ = (("data", ctypes.c_void_p), ("length", ctypes.c_ulong))


class Token:
    """Serves `KeyPlace` from one token; calls go to it one after the other, on one session.

    Args:
        module: path of the PKCS#11 module.
        token: the token's label.
        pin: of its user.
        prefix: what this centre's keys begin with, so that two centres may share a token.
    """

    algorithms = (Algorithm.TRIPLE_DES,)

    def __init__(self, module: Path, token: str, pin: str, prefix: str) -> None:
        self._module = module
        self._token = token
        self._pin = pin
        self._prefix = prefix
        self._session: Any = None
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"Token({self._token!r})"

    def put(self, label: KeyLabel, value: bytes) -> None:
        """See `KeyPlace.put`: the key is made inside and kept there, for deriving alone."""
        if label.algorithm not in self.algorithms:
            raise TokenRefused(reason="cipher")
        with self._opened() as session:
            if any(True for _ in session.get_objects(self._named(label))):
                raise CardKeyExists(key=label.name)
            session.create_object(
                _HIDDEN
                | self._named(label)
                | {
                    Attribute.KEY_TYPE: KeyType.DES3,
                    Attribute.VALUE: value + value[:BLOCK],
                    Attribute.TOKEN: True,
                    Attribute.DERIVE: True,
                    Attribute.ENCRYPT: False,
                }
            )

    def take_out(self, label: KeyLabel) -> None:
        """See `KeyPlace.take_out`."""
        with self._opened() as session:
            for found in session.get_objects(self._named(label)):
                found.destroy()

    def labels(self) -> tuple[KeyLabel, ...]:
        """See `KeyPlace.labels`."""
        with self._opened() as session:
            found = [str(each.label) for each in session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY})]
        ours = [text.removeprefix(self._prefix) for text in found if text.startswith(self._prefix)]
        return tuple(KeyLabel(text.partition("-")[0], Algorithm.TRIPLE_DES) for text in sorted(ours))

    def proof(self, label: KeyLabel) -> bytes:
        """See `KeyPlace.proof`."""
        with self._opened() as session, _Derived(self._master(session, label), (_ZERO,)) as key:
            return key.whole(_ZERO)[:CHECK_LENGTH]

    def authentication(self, label: KeyLabel, challenge: Challenge) -> bytes:
        """See `KeyPlace.authentication`."""
        with self._opened() as session, _Derived(self._master(session, label), challenge.factors) as key:
            return key.whole(challenge.random) + challenge.random

    def protected_pin(self, label: KeyLabel, challenge: Challenge, header: bytes, block: bytes) -> bytes:
        """See `KeyPlace.protected_pin`."""
        with self._opened() as session, _Derived(self._master(session, label), challenge.factors) as key:
            hidden = b"".join(key.whole(block[at : at + BLOCK]) for at in range(0, len(block), BLOCK))
            message = header + bytes((len(hidden) + secure_messaging.MAC_LENGTH,)) + hidden
            return hidden + secure_messaging.chained(BLOCK, challenge.random, message, key.left, key.whole)

    def close(self) -> None:
        """See `KeyPlace.close`."""
        with self._lock:
            self._forget()

    def _named(self, label: KeyLabel) -> dict[Attribute, Any]:
        return {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: self._prefix + label.text}

    def _master(self, session: Any, label: KeyLabel) -> Any:
        try:
            return session.get_key(object_class=ObjectClass.SECRET_KEY, label=self._prefix + label.text)
        except (NoSuchKey, MultipleObjectsReturned):
            # keys are not seen either where somebody else in this process logged out: the next call logs in anew
            self._forget()
            raise CardKeyUnknown(key=label.name) from None

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """Hold the session; one that broke is forgotten, so that the next call opens the token anew."""
        with self._lock:
            try:
                if self._session is None:
                    self._session = self._open()
                yield self._session
            except PKCS11Error as refused:
                self._forget()
                # never the library's own exception: what it was given may be in its trace
                raise TokenRefused(reason=type(refused).__name__) from None

    def _open(self) -> Any:
        try:
            module = pkcs11.lib(str(self._module))
        except (PKCS11Error, RuntimeError, OSError):
            raise TokenRefused(reason="module") from None
        try:
            token = module.get_token(token_label=self._token)
            try:
                return token.open(rw=True, user_pin=self._pin)
            except UserAlreadyLoggedIn:  # somebody else in this process: a login is the process's
                return token.open(rw=True)
        except NoSuchToken:
            raise TokenRefused(reason="token") from None
        except PinIncorrect:
            raise TokenRefused(reason="pin") from None

    def _forget(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except PKCS11Error:  # the token is gone, and the session with it
                return


class _Derived:
    """A card's key inside the token, until the block ends."""

    def __init__(self, master: Any, factors: tuple[bytes, ...]) -> None:
        self._master = master
        self._factors = factors
        self._made: list[Any] = []
        self._left: Any = None
        self._whole: Any = None

    def __enter__(self) -> Self:
        key = self._master
        for factor in self._factors[:-1]:
            key = self._below(key, _both(factor), derives=True)
        self._parent = key
        self._whole = self._below(key, _both(self._factors[-1]), derives=False)
        return self

    def __exit__(self, *_: object) -> None:
        for key in self._made:
            key.destroy()

    def whole(self, block: bytes) -> bytes:
        """Encrypt one block, 3DES."""
        return bytes(self._whole.encrypt(block, mechanism=Mechanism.DES3_ECB))

    def left(self, block: bytes) -> bytes:
        """Encrypt one block with the left half, DES: three equal parts make 3DES that."""
        if self._left is None:
            self._left = self._below(self._parent, self._factors[-1] * 3, derives=False)
        return bytes(self._left.encrypt(block, mechanism=Mechanism.DES3_ECB))

    def _below(self, key: Any, data: bytes, *, derives: bool) -> Any:
        held = ctypes.create_string_buffer(data, len(data))
        made = key.derive_key(
            KeyType.DES3,
            KEY_BITS,
            mechanism=Mechanism.DES3_ECB_ENCRYPT_DATA,
            mechanism_param=bytes(_StringData(ctypes.addressof(held), len(data))),
            # a DES3 key has one length, and saying it is refused
            template=_HIDDEN
            | {
                Attribute.VALUE_LEN: DEFAULT,
                Attribute.TOKEN: False,
                Attribute.DERIVE: derives,
                Attribute.ENCRYPT: not derives,
            },
        )
        self._made.append(made)
        return made


def _both(factor: bytes) -> bytes:
    """Return factor, complement, factor: encrypted, a two-key 3DES key in the form of three (domain reference A.10)."""
    return factor + bytes(byte ^ 0xFF for byte in factor) + factor
