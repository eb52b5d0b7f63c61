"""Several documents bound as one, so that a class's list and forms leave the printer as one pile."""

import io
from collections.abc import Sequence

import pypdfium2

from sscard_desk.paper.render import ONE_AT_A_TIME


def bound(parts: Sequence[bytes]) -> bytes:
    """Return documents as one, in this order.

    Args:
        parts: unsigned documents; an only one comes back unchanged.
    """
    if len(parts) == 1:
        return parts[0]
    with ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
        try:
            for part in parts:
                document = pypdfium2.PdfDocument(part)
                whole.import_pages(document)
                document.close()
            target = io.BytesIO()
            whole.save(target)
        finally:
            whole.close()
    return target.getvalue()
