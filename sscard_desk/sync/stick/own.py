"""What a desk remembers of sticks, inside its encrypted database."""

from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sscard_desk.domain.errors.centre import DeskNotEnrolled
from sscard_desk.domain.errors.stick import StickOrderWrong
from sscard_desk.ports.sync import Settings
from sscard_desk.wire.stick.header import StickHeader
from sscard_desk.wire.unpacking import unpack_as

BOX: Final = "stick_box"
CENTRE_BOX: Final = "centre_box"
SERIES: Final = "stick_series"
BROUGHT: Final = "stick_brought"


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """The newest series of the centre that was brought in, as far as it was: parts by their digest, and the end."""

    life: int = 0
    series: int = 0
    parts: tuple[bytes, ...] = ()
    whole: bool = True

    def is_known(self, header: StickHeader, digest: bytes) -> bool:
        """Return whether a file was brought in, or one that came after it and says everything that it says."""
        return (header.life, header.series) < (self.life, self.series) or digest in self.parts

    def after(self, header: StickHeader, digest: bytes, *, more: bool) -> "Brought":
        """Return what is remembered once a file has been brought in."""
        before = self.parts if self._is_same(header) else ()
        return Brought(life=header.life, series=header.series, parts=(*before, digest), whole=not more)

    def need_next(self, header: StickHeader) -> None:
        """Make sure that a file continues what was brought in, or begins a later series.

        Raises:
            StickOrderWrong: a part before it is missing.
        """
        parts = self.parts if self._is_same(header) else ()
        if header.part != len(parts) + 1 or (parts and header.previous != parts[-1]):
            raise StickOrderWrong(part=len(parts) + 1)

    def _is_same(self, header: StickHeader) -> bool:
        return (header.life, header.series) == (self.life, self.series)


def own_box(settings: Settings) -> X25519PrivateKey:
    """Return the key that opens files for this desk; made at its first export."""
    kept = settings.setting(BOX)
    if kept is not None:
        return X25519PrivateKey.from_private_bytes(kept)
    made = X25519PrivateKey.generate()
    settings.set_setting(BOX, made.private_bytes_raw())
    return made


def centre_box(settings: Settings) -> bytes:
    """Return the key that files for the centre are sealed to, as it was heard at enrolment or with a greeting.

    Raises:
        DeskNotEnrolled: it was never heard; one exchange over the line, or an enrolment, brings it.
    """
    kept = settings.setting(CENTRE_BOX)
    if not kept:
        raise DeskNotEnrolled
    return kept


def next_series(settings: Settings) -> int:
    """Take the number of a new export; one that broke off leaves a number unused."""
    number = int(settings.setting(SERIES) or b"0") + 1
    settings.set_setting(SERIES, str(number).encode())
    return number


def brought(settings: Settings) -> Brought:
    """Return what was brought in last."""
    kept = settings.setting(BROUGHT)
    return unpack_as(Brought, kept) if kept else Brought()


def keep_brought(settings: Settings, now: Brought) -> None:
    """Remember what was brought in."""
    settings.set_setting(BROUGHT, msgspec.msgpack.encode(now))
