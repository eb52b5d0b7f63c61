"""Items of an application's record that the desk knows by itself and nobody is asked for (domain reference E.2)."""

from collections.abc import Mapping
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.document_kind import DocumentKind

APPLICATION_KIND: Final = "application_kind"
SOCIAL_SECURITY_NUMBER: Final = "social_security_number"
PERSONAL: Final = "1"
BATCH: Final = "3"
"""Codes of one province's record (单源); a city that has others replaces `resources/codes/application_kind.toml`."""
CLASS_LIST: Final = "class_list"
"""The source of evidence of a pupil who came with a class list."""


def record_items(application: Application, given: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of the application and the social security number, as far as they are known and not given.

    The social security number of a citizen is the id number (公民身份号码); that of others is assigned elsewhere.
    """
    kind = BATCH if application.evidence_source == CLASS_LIST else PERSONAL
    number = application.id_number if application.document_kind == DocumentKind.CITIZEN else ""
    known = {APPLICATION_KIND: kind, SOCIAL_SECURITY_NUMBER: number}
    return {field: value for field, value in known.items() if value and not given.get(field)}
