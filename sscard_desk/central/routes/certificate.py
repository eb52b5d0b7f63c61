"""POST /v1/certificate: a desk takes its first certificate, or a new one before the old one ends."""

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.issuing import issue
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire.certificates import CertificateQuestion, Certified


def certificate(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Give a desk a certificate for the key in its request.

    Raises:
        RequestFailed: `malformed`.
    """
    asked = question.read(CertificateQuestion)
    body = centre.database.write(lambda connection: issue(centre, connection, desk.id, asked.request))
    return Answer(Certified(certificate=body, authority=centre.believed, server_ms=centre.now_ms()))
