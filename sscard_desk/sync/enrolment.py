"""A computer with a one-time code becomes a desk of the centre."""

import ssl
from dataclasses import replace

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain.errors.centre import EnrolmentCodeWrong, ServerCertificateWrong
from sscard_desk.sync.certificate import certificate_fits, certificate_request, new_key
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.line import FIRST_FAILURE, failure_trouble, line_trouble, open_line, read_answer, read_failure
from sscard_desk.wire.certificates import certificate_bytes
from sscard_desk.wire.enrolment import Enrol, Enrolled, EnrolmentCode, enrol_bytes
from sscard_desk.wire.messages import PROTOCOL


def enrol(
    url: str, code: str, *, training: bool, key: Ed25519PrivateKey | None = None
) -> tuple[DeskIdentity, Enrolled]:
    """Make a key, have the centre register it, and return who this desk is from now on.

    The authority's certificate is believed only if it has the fingerprint in the code; the code's secret goes only
    over a line whose certificate that authority signed.

    Args:
        url: where the centre is reached.
        code: as the administrator brought it.
        training: the mode of this data folder.
        key: the key of a try whose answer was lost; a new one otherwise.

    Raises:
        EnrolmentCodeWrong: not a code, or one that is used, too old, or of another centre.
        ServerCertificateWrong: somebody else answers at this address.
        CentreTrouble: further leaves of the line.
    """
    try:
        read = EnrolmentCode.read(code)
    except ValueError as unreadable:
        raise EnrolmentCodeWrong from unreadable
    authority = _authority(url, read)
    own = key or Ed25519PrivateKey.generate()
    public_key = own.public_key().public_bytes_raw()
    tls_key = new_key()
    request = certificate_request(tls_key)
    asked = Enrol(
        protocol=PROTOCOL,
        desk=read.desk,
        secret=read.secret,
        public_key=public_key,
        training=training,
        proof=own.sign(enrol_bytes(read.desk, read.secret, public_key)),
        request=request,
        request_proof=own.sign(certificate_bytes(read.desk, request)),
    )
    with open_line(url, authority) as line:
        enrolled = read_answer(_post(line, "/v1/enrol", msgspec.msgpack.encode(asked)), Enrolled)
    identity = DeskIdentity(
        desk=enrolled.desk,
        training=training,
        key=own.private_bytes_raw(),
        authority=enrolled.authority or authority,
        url=url,
        receipt_key=enrolled.receipt_key,
    )
    if certificate_fits(enrolled.certificate, tls_key, enrolled.desk, authority):
        identity = replace(identity, tls_key=tls_key, certificate=enrolled.certificate)
    return identity, enrolled


def _authority(url: str, code: EnrolmentCode) -> bytes:
    with open_line(url, None) as line:
        pem = _answer(line, line.build_request("GET", "/v1/authority"))
    try:
        fits = code.fits_authority(ssl.PEM_cert_to_DER_cert(pem.decode("ascii")))
    except ValueError as unreadable:
        raise ServerCertificateWrong from unreadable
    if not fits:
        raise ServerCertificateWrong
    return pem


def _post(line: httpx.Client, path: str, body: bytes) -> bytes:
    return _answer(line, line.build_request("POST", path, content=body))


def _answer(line: httpx.Client, request: httpx.Request) -> bytes:
    try:
        response = line.send(request)
    except httpx.HTTPError as fault:
        raise line_trouble(fault) from fault
    if response.status_code >= FIRST_FAILURE:
        raise failure_trouble(response, read_failure(response.content), "")
    return response.content
