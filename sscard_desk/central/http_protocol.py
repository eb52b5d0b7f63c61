"""What reads HTTP on a connection: httptools where it is installed, h11 otherwise (docs/adr/0041)."""

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as HttpProtocol
except ImportError:  # an extra for centres on Linux; everything works without it, a request takes longer
    from uvicorn.protocols.http.h11_impl import H11Protocol as HttpProtocol  # type: ignore[assignment] # either serves

__all__ = ["HttpProtocol"]
