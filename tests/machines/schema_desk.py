"""What schemathesis needs to speak to the centre: MessagePack both ways, and a desk's signature on what it made."""

import base64
import contextlib
import secrets
import time
from typing import Any

import msgspec
import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from requests.auth import AuthBase

from sscard_desk.central.routes.contracts import BYTES, CONTRACTS, MESSAGE
from sscard_desk.wire import messages, signing


class SignedAs(AuthBase):
    """Signs requests as a desk, over whatever stands in them."""

    def __init__(self, desk: str, key: Ed25519PrivateKey) -> None:
        self.desk, self.key = desk, key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else bytes(body)
        time_ms, nonce = time.time_ns() // 1_000_000 + 5, secrets.token_hex(16)
        signed = signing.request_bytes(self.desk, str(request.method), request.path_url, time_ms, nonce, raw)
        ours = {
            signing.PROTOCOL_HEADER: str(messages.PROTOCOL),
            signing.DESK_HEADER: self.desk,
            signing.TIME_HEADER: str(time_ms),
            signing.NONCE_HEADER: nonce,
            signing.SIGNATURE_HEADER: self.key.sign(signed).hex(),
        }
        request.headers.update(ours)
        return request


@schemathesis.serializer(MESSAGE)
def pack(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """The message of a value that fits its type; of any other what it says, as it stands."""
    operation = context.case.operation
    shape = CONTRACTS[f"{operation.method.upper()} {operation.path}"].takes
    with contextlib.suppress(msgspec.ValidationError):  # it may be made to fit nothing
        value = msgspec.convert(value, shape) if shape not in {None, bytes} else value
    try:
        return msgspec.msgpack.encode(value)
    except (OverflowError, UnicodeEncodeError, TypeError):
        return repr(value).encode("utf-8", "replace")


@schemathesis.serializer(BYTES)
def as_bytes(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """Whatever it is, as bytes."""
    return value if isinstance(value, bytes) else repr(value).encode("utf-8", "replace")


@schemathesis.deserializer(MESSAGE)
def unpack(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> Any:
    """A message as JSON would have it: bytes in base64."""
    return _plain(msgspec.msgpack.decode(response.content))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
