"""Who may ask what: one row for each route. A route without a row is for desks in good standing alone.

Which scope, blob or application a desk may see is each route's own question; docs/access.md lists both.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final


class Access(Enum):
    """What the one who asks has to show."""

    ANYBODY = "anybody"
    """Nothing."""
    DELIVER = "deliver"
    """An enrolled desk's signature: what it has to deliver is taken, whatever became of its certificate."""
    RENEW = "renew"
    """Likewise, and its certificate, which may have expired; or none, as long as it never showed one."""
    READ = "read"
    """Likewise, and the certificate is valid."""


ACCESS: Final[Mapping[str, Access]] = {
    "GET /v1/openapi.json": Access.ANYBODY,
    "GET /v1/health": Access.ANYBODY,
    "GET /v1/ready": Access.ANYBODY,
    "GET /v1/authority": Access.ANYBODY,
    "POST /v1/enrol": Access.ANYBODY,
    "GET /v1/hello": Access.DELIVER,
    "POST /v1/push": Access.DELIVER,
    "POST /v1/blobs/missing": Access.DELIVER,
    "POST /v1/blobs": Access.DELIVER,
    "POST /v1/blobs/part": Access.DELIVER,
    "POST /v1/end": Access.DELIVER,
    "POST /v1/certificate": Access.RENEW,
    "GET /v1/blobs": Access.READ,
    "GET /v1/feed": Access.READ,
    "GET /v1/snapshot": Access.READ,
    "GET /v1/snapshot/file": Access.READ,
    "GET /v1/proof": Access.READ,
    "POST /v1/photos/register": Access.READ,
    "POST /v1/photos/studio": Access.READ,
    "POST /v1/card-keys": Access.READ,
}


def access_of(method: str, path: str) -> Access:
    """Return what a route asks; HEAD asks what GET does."""
    return ACCESS.get(f"{'GET' if method == 'HEAD' else method} {path}", Access.READ)
