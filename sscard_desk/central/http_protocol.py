"""What every port of the centre has in common, and what reads HTTP on a connection.

That is httptools where it is installed, h11 otherwise (docs/adr/0041).
"""

from functools import partial
from typing import Final

import uvicorn

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as HttpProtocol
except ImportError:  # an extra for centres on Linux; everything works without it, a request takes longer
    from uvicorn.protocols.http.h11_impl import H11Protocol as HttpProtocol  # type: ignore[assignment] # either serves

__all__ = ["HttpProtocol", "quiet_config"]


quiet_config: Final = partial(
    uvicorn.Config, log_config=None, access_log=False, lifespan="off", server_header=False, ws="none"
)
"""The centre logs by itself (`watch`), and no port says what serves it."""
