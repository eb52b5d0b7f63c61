"""The centre's contract as OpenAPI 3.1, made from the table of routes and the types of their messages."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import msgspec

from sscard_desk.central.access import ACCESS, Access
from sscard_desk.central.failures import STATUS
from sscard_desk.central.keepable import LARGEST, SMALLEST
from sscard_desk.central.room import AGAIN_SECONDS
from sscard_desk.central.routes.contracts import BYTES, CONTRACTS, JSON, MESSAGE, NUMBER, TEXT, Contract, Word
from sscard_desk.wire import messages, signing

REFERENCE: Final = "#/components/schemas/{name}"
FROM_ANYBODY: Final = (messages.MALFORMED, messages.TOO_SLOW, messages.TOO_LARGE, messages.BUSY)
FROM_A_DESK: Final = (
    messages.PROTOCOL_TOO_OLD,
    messages.SIGNATURE_WRONG,
    messages.CLOCK_OFF,
    messages.REPLAYED,
    messages.NOT_ENROLLED,
    messages.DESK_ENDED,
    messages.DESK_REVOKED,
    messages.CERTIFICATE_WRONG,
)
BEYOND_DELIVERING: Final = (
    messages.CERTIFICATE_MISSING,
    messages.CERTIFICATE_REPLACED,
    messages.CERTIFICATE_EXPIRED,
)
ABOUT: Final = """What a desk of SSCard Desk and the centre say to each other (docs/sync.md).

Messages are MessagePack, by the schemas below: maps with the names of the fields, `contentEncoding: base64` stands for
raw bytes (`bin`), arrays with `prefixItems` for arrays. Unknown fields are passed over, on both sides. No text
holds a NUL character. A request may be packed with zstd (`content-encoding: zstd`); answers from 512 bytes on are where
`accept-encoding` names it.

A desk signs each request with its Ed25519 key: MessagePack of `["request", desk, method, target, time, nonce,
sha256(body)]`, with path and query as sent and the body as sent. Its TLS certificate is looked at beside that."""
_HEADERS: Final = (
    Word(signing.PROTOCOL_HEADER, "version of the protocol", {"type": "string", "pattern": "^[0-9]{1,4}$"}),
    Word(signing.DESK_HEADER, "what the centre calls the desk"),
    Word(signing.TIME_HEADER, "milliseconds since 1970 UTC, within five minutes of the centre's", {"type": "string"}),
    Word(signing.NONCE_HEADER, "never used twice", {"type": "string", "maxLength": 64}),
)


@cache
def document() -> bytes:
    """Return the document, JSON."""
    return msgspec.json.format(msgspec.json.encode(build()), indent=1) + b"\n"


def build() -> dict[str, Any]:
    """Return the document as it is written."""
    paths: dict[str, Any] = {}
    for route, contract in CONTRACTS.items():
        method, _, path = route.partition(" ")
        paths.setdefault(path, {})[method.lower()] = _operation(route, contract)
    return {
        "openapi": "3.1.0",
        "info": {"title": "SSCard Desk, the centre", "version": str(messages.PROTOCOL), "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "signature": {"type": "apiKey", "in": "header", "name": signing.SIGNATURE_HEADER},
                "certificate": {"type": "mutualTLS"},
            },
        },
    }


def reasons(route: str, contract: Contract) -> dict[int, list[str]]:
    """Return the words that a route refuses with, by status."""
    access = ACCESS[route]
    words = [*FROM_ANYBODY, *contract.fails]
    if access is not Access.ANYBODY:
        words += FROM_A_DESK
    if access in {Access.READ, Access.RENEW}:
        words += BEYOND_DELIVERING
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(STATUS[word], []).append(word)
    return dict(sorted(found.items()))


def _operation(route: str, contract: Contract) -> dict[str, Any]:
    desks = ACCESS[route] is not Access.ANYBODY
    found: dict[str, Any] = {
        "summary": contract.says,
        "operationId": route.lower().replace(" /v1/", "_").replace("/", "_").replace("-", "_").replace(".", "_"),
        "parameters": [_parameter(word) for word in (*contract.words, *(_HEADERS if desks else ()))],
        "responses": dict(_responses(route, contract)),
        # with a certificate or without one: `certificate-missing` says where it is asked for
        "security": [{"signature": []}, {"signature": [], "certificate": []}] if desks else [],
    }
    if contract.takes is bytes:
        found["requestBody"] = {"required": False, "content": {BYTES: {"schema": {}}}}
    elif contract.takes is not None:
        found["requestBody"] = {"required": True, "content": {MESSAGE: {"schema": _named(contract.takes)}}}
    return found


def _parameter(word: Word) -> dict[str, Any]:
    return {
        "name": word.name,
        "in": "header" if word.header or word.name.startswith("x-") else "query",
        "description": word.says,
        "required": word.needed,
        "schema": word.schema,
    }


def _responses(route: str, contract: Contract) -> Iterator[tuple[str, dict[str, Any]]]:
    served = {"description": "Served.", "content": {contract.kind: {"schema": _given(contract)}}}
    yield "200", served
    for status, says in (contract.further or {}).items():
        if status in STATUS_WITHOUT_BODY:
            yield str(status), {"description": says}
        elif status == PART_MISSING:
            yield str(status), {"description": says, "content": {TEXT: {"schema": {}}}}
        else:
            yield str(status), served | {"description": says}
    for status, words in reasons(route, contract).items():
        refused = {"allOf": [_named(messages.Failure), {"properties": {"reason": {"enum": words}}}]}
        known = contract.further or {}
        if status in known:
            refused = {"anyOf": [refused, _given(contract)]}
        answer: dict[str, Any] = {"description": ", ".join(words), "content": {MESSAGE: {"schema": refused}}}
        if messages.MALFORMED in words:
            # what is no HTTP is refused below the routes, in words
            answer["content"][TEXT] = {"schema": {"type": "string"}}
        if messages.BUSY in words:
            least, most = AGAIN_SECONDS
            answer["headers"] = {
                "Retry-After": {
                    "description": f"seconds, {least} to {most}",
                    "schema": {"type": "string", "pattern": "^[0-9]+$"},
                }
            }
        elif messages.PHOTO_LIMIT in words:
            answer["headers"] = {"Retry-After": {"description": "seconds, up to an hour", "schema": NUMBER}}
        yield str(status), answer


STATUS_WITHOUT_BODY: Final = frozenset({304})
PART_MISSING: Final = 416


def _given(contract: Contract) -> dict[str, Any]:
    if contract.gives is not None:
        return _named(contract.gives)
    return {"type": "object"} if contract.kind == JSON else {}


def _named(shape: type[Any]) -> dict[str, Any]:
    return {"$ref": REFERENCE.format(name=shape.__name__)}


def _schemas() -> dict[str, Any]:
    shapes: list[type[Any]] = [messages.Failure]
    for contract in CONTRACTS.values():
        shapes += [each for each in (contract.takes, contract.gives) if each is not None and each is not bytes]
    _, components = msgspec.json.schema_components(list(dict.fromkeys(shapes)), ref_template=REFERENCE)
    found: dict[str, Any] = {name: _bounded(components[name]) for name in sorted(components)}
    return found


def _bounded(schema: Any) -> Any:
    """Return a schema whose integers are those that a database keeps."""
    if isinstance(schema, list):
        return [_bounded(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    bounded = {key: _bounded(value) for key, value in schema.items()}
    if bounded.get("type") == "integer":
        bounded = {"minimum": SMALLEST, "maximum": LARGEST} | bounded
    return bounded
