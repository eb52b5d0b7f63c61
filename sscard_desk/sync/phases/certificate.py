"""Taking a certificate: the first one, or a new one with a fresh key when a third of the old one's life is left."""

from typing import Final

from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.ports.sync import Centre, PassStore
from sscard_desk.sync.acts import CertificateTaken
from sscard_desk.sync.certificate import certificate_fits, certificate_request, new_key
from sscard_desk.sync.identity import keep_certificate, kept_certificate

ASKED: Final = "certificate_asked"
"""The key that a certificate was asked for with, until it is here: a lost answer is asked for again."""


def take_certificate(store: PassStore, centre: Centre) -> CertificateTaken:
    """Ask for a certificate, keep it in the database, and show it from the next request on.

    Raises:
        CentreTrouble: it is not here; what there was before is shown further on.
    """
    key = store.setting(ASKED) or b""
    if not key or key == kept_certificate(store)[0]:
        key = new_key()
        store.set_setting(ASKED, key)
    answer = centre.certify(certificate_request(key))
    if not certificate_fits(answer.certificate, key, centre.desk, answer.authority):
        raise AnswerMalformed(reason="certificate")
    # in this order: a program that ends in between asks for the same certificate again, or shows the new one
    store.set_setting("ca_certificate", answer.authority)
    keep_certificate(store, key, answer.certificate)
    store.set_setting(ASKED, b"")
    centre.show_certificate(key, answer.certificate, answer.authority)
    return CertificateTaken()
