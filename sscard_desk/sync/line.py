"""The TLS line to the centre: every fault of it becomes one of our errors, here and nowhere else."""

import math
import ssl
from typing import Final, TypeVar

import httpx
import msgspec

from sscard_desk.domain.errors.backup import DeskEnded
from sscard_desk.domain.errors.base import CentreTrouble
from sscard_desk.domain.errors.centre import (
    AnswerMalformed,
    CentreBusy,
    CentreUnreachable,
    DeskNotEnrolled,
    EnrolmentCodeWrong,
    FeedBroken,
    ProtocolTooOld,
    ServerCertificateWrong,
    TrainingRefused,
)
from sscard_desk.domain.errors.desk_identity import (
    CertificateExpired,
    CertificateMissing,
    CertificateRefused,
    CertificateReplaced,
    DeskRevoked,
)
from sscard_desk.domain.errors.photo_sources import RegisterPhotoLimitReached
from sscard_desk.sync.certificate import show_certificate
from sscard_desk.wire import messages
from sscard_desk.wire.unpacking import unpack_as

CONNECT_SECONDS: Final = 5.0
SILENCE_SECONDS: Final = 15.0
BUSY_STATUS: Final = 503
BUSY_SECONDS: Final = 5
LONGEST_WAIT: Final = 3600
FIRST_FAILURE: Final = 400

_PLAIN: Final[dict[str, type[CentreTrouble]]] = {
    messages.NOT_ENROLLED: DeskNotEnrolled,
    messages.SIGNATURE_WRONG: DeskNotEnrolled,
    messages.TRAINING_DIFFERS: TrainingRefused,
    messages.CODE_WRONG: EnrolmentCodeWrong,
    messages.DESK_ENDED: DeskEnded,
    messages.DESK_REVOKED: DeskRevoked,
    messages.CERTIFICATE_WRONG: CertificateRefused,
    messages.CERTIFICATE_EXPIRED: CertificateExpired,
    messages.CERTIFICATE_REPLACED: CertificateReplaced,
    messages.CERTIFICATE_MISSING: CertificateMissing,
}
_CERTIFICATE_ALERTS: Final = frozenset(
    {
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "TLSV1_ALERT_ACCESS_DENIED",
        "TLSV1_ALERT_UNKNOWN_CA",
    }
)
"""What the other side says of our certificate (RFC 8446, 6.2), in the words of the library."""

Shape = TypeVar("Shape")


def open_line(
    url: str, authority: bytes | None, silence: float = SILENCE_SECONDS, *, shown: tuple[bytes, bytes] = (b"", b"")
) -> httpx.Client:
    """Return a line that believes one authority and nothing from the environment.

    Args:
        url: `https://host:port`.
        authority: PEM of the only authority that is believed; None only to fetch the one that a code names.
        silence: seconds without a byte after which the line counts as dead.
        shown: certificate of the desk and its key, DER; two empty ones show none.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authority is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_verify_locations(cadata=authority.decode("ascii"))
    certificate, key = shown
    if certificate:
        show_certificate(context, certificate, key)
    return httpx.Client(
        base_url=url,
        verify=context,
        trust_env=False,
        timeout=httpx.Timeout(silence, connect=CONNECT_SECONDS),
        limits=httpx.Limits(max_connections=2, max_keepalive_connections=2),
    )


def read_answer(body: bytes, shape: type[Shape]) -> Shape:
    """Return a message of the centre.

    Raises:
        AnswerMalformed: these bytes are no such message.
    """
    try:
        return unpack_as(shape, body)
    except msgspec.MsgspecError as broken:
        raise AnswerMalformed(reason=shape.__name__) from broken


def line_trouble(fault: httpx.HTTPError) -> CentreTrouble:
    """Return which trouble a fault of the line is."""
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ServerCertificateWrong()
        if isinstance(cause, ssl.SSLError) and cause.reason in _CERTIFICATE_ALERTS:
            return CertificateRefused()
        cause = cause.__cause__ or cause.__context__
    if isinstance(fault, httpx.DecodingError):
        return AnswerMalformed(reason="encoding")
    return CentreUnreachable(waiting=0)


def read_failure(body: bytes) -> messages.Failure | None:
    """Return why a request was not served, or None if that was not said by our centre."""
    try:
        return unpack_as(messages.Failure, body)
    except msgspec.MsgspecError:
        return None


def failure_trouble(response: httpx.Response, failure: messages.Failure | None, scope: str) -> CentreTrouble:
    """Return which trouble a refusal is.

    Args:
        response: its status and headers.
        failure: what the centre said, if it did.
        scope: the scope that was asked for, or empty.
    """
    seconds = _wait(response.headers.get("retry-after", ""))
    if response.status_code == BUSY_STATUS:
        return CentreBusy(seconds=seconds)
    if failure is None:
        return AnswerMalformed(reason=f"HTTP {response.status_code}")
    if failure.reason == messages.PROTOCOL_TOO_OLD:
        return ProtocolTooOld(ours=messages.PROTOCOL, oldest=failure.oldest_protocol)
    if failure.reason == messages.FEED_BROKEN:
        return FeedBroken(scope=scope)
    if failure.reason == messages.TOO_SLOW:
        return CentreUnreachable(waiting=0)  # the line did not carry it; the next batch is smaller
    return _plain(failure, seconds)


def _plain(failure: messages.Failure, seconds: int) -> CentreTrouble:
    if failure.reason == messages.PHOTO_LIMIT:
        return RegisterPhotoLimitReached(minutes=math.ceil(seconds / 60))
    leaf = _PLAIN.get(failure.reason)
    return leaf() if leaf else AnswerMalformed(reason=failure.reason)


def _wait(header: str) -> int:
    return min(int(header), LONGEST_WAIT) if header.isascii() and header.isdecimal() else BUSY_SECONDS
