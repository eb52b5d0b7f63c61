"""/v1/authority and /v1/enrol: a computer with a one-time code becomes a desk."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.issuing import issue
from sscard_desk.central.routes.contracts import PEM
from sscard_desk.central.store import desks
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong
from sscard_desk.wire import messages
from sscard_desk.wire.certificates import certificate_bytes
from sscard_desk.wire.enrolment import Enrol, Enrolled, enrol_bytes

AUTHORITY_PATH = "/v1/authority"
PATH = "/v1/enrol"


def authority(centre: OpenCentre, question: Question) -> Answer:  # noqa: ARG001 - one shape for all routes
    """Return the authority's certificate, PEM; whoever asks compares it with the fingerprint in the code."""
    return Answer(body=centre.keys.authority, kind=PEM)


def enrol(centre: OpenCentre, question: Question) -> Answer:
    """Register a desk's key under its code.

    Raises:
        RequestFailed: wrong code, a key that is not held, another mode, or an old protocol.
    """
    asked = question.read(Enrol)
    if asked.training != centre.training:
        raise RequestFailed(messages.TRAINING_DIFFERS)
    try:
        key = Ed25519PublicKey.from_public_bytes(asked.public_key)
        key.verify(asked.proof, enrol_bytes(asked.desk, asked.secret, asked.public_key))
        if asked.request:
            key.verify(asked.request_proof, certificate_bytes(asked.desk, asked.request))
    except (InvalidSignature, ValueError) as wrong:
        raise RequestFailed(messages.SIGNATURE_WRONG) from wrong
    with centre.database.writing() as connection:
        try:
            desks.enrol_desk(connection, asked.desk, asked.secret, asked.public_key, centre.now_ms())
        except EnrolmentCodeWrong as wrong:
            raise RequestFailed(messages.CODE_WRONG) from wrong
        desk = desks.find_desk(connection, asked.desk)
        certificate = (
            issue(centre, connection, asked.desk, asked.request) if asked.request and centre.keys.can_certify else b""
        )
    if desk is None:
        raise RequestFailed(messages.CODE_WRONG)
    return Answer(
        Enrolled(
            desk=desk.id,
            point=desk.point,
            point_name=desk.point_name,
            region=desk.region,
            training=centre.training,
            receipt_key=centre.keys.receipt_key,
            server_ms=centre.now_ms(),
            box=centre.keys.box.public_key().public_bytes_raw(),
            certificate=certificate,
            authority=centre.believed,
        )
    )
