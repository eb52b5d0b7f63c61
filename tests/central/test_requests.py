"""Requests as they come: signed, once, of an enrolled desk, within its scopes; anything else is refused."""

import asyncio
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx
import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette

from sscard_desk.central import imports
from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store.desks import enrol_desk
from sscard_desk.wire import messages, signing
from sscard_desk.wire.feed import persons_scope, point_scope
from tests.machines.counter import POINT, REGION, opened, person, subject
from tests.machines.model_desk import ModelDesk


@dataclass
class Web:
    """The application without a socket; TLS and the program's own client are tried in tests/sync."""

    app: Starlette

    def request(
        self,
        method: str,
        target: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | Sequence[tuple[bytes, bytes]] | None = None,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="https://centre") as client:
                return await client.request(method, target, content=content, headers=headers)

        return asyncio.run(send())


@dataclass
class Asker:
    """A desk with a key, asking without the program's own client."""

    http: Web
    desk: str
    key: Ed25519PrivateKey

    def headers(self, method: str, target: str, body: bytes, **changes: str) -> dict[str, str]:
        time_ms, nonce = time.time_ns() // 1_000_000 + 5, secrets.token_hex(16)
        signed = signing.request_bytes(self.desk, method, target, time_ms, nonce, body)
        return {
            signing.PROTOCOL_HEADER: str(messages.PROTOCOL),
            signing.DESK_HEADER: self.desk,
            signing.TIME_HEADER: str(time_ms),
            signing.NONCE_HEADER: nonce,
            signing.SIGNATURE_HEADER: self.key.sign(signed).hex(),
        } | changes

    def ask(self, method: str, target: str, body: bytes = b"", **changes: str) -> httpx.Response:
        return self.http.request(method, target, content=body, headers=self.headers(method, target, body, **changes))


def reason(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, msgspec.msgpack.decode(response.content, type=messages.Failure).reason


@pytest.fixture
def http(centre: OpenCentre) -> Web:
    return Web(make_app(centre))


def enrolled(centre: OpenCentre, http: Web, desk: str, point: str) -> Asker:
    key = Ed25519PrivateKey.generate()
    code = imports.enrolment_code(centre, desk, point)
    with centre.database.writing() as connection:
        enrol_desk(connection, desk, code.secret, key.public_key().public_bytes_raw(), centre.now_ms())
    return Asker(http, desk, key)


@pytest.fixture
def desk(centre: OpenCentre, http: Web) -> Asker:
    return enrolled(centre, http, "D-0001", POINT)


@pytest.fixture
def stranger(centre: OpenCentre, http: Web) -> Asker:
    return enrolled(centre, http, "D-0009", "P-02")


def push_body(desk: str, *entries: tuple[bytes, bytes | None, bytes | None]) -> bytes:
    return msgspec.msgpack.encode(messages.Push(protocol=1, desk=desk, entries=entries))


def test_a_request_that_was_seen_before_is_refused(desk: Asker) -> None:
    headers = desk.headers("GET", "/v1/proof", b"")
    assert desk.http.request("GET", "/v1/proof", headers=headers).status_code == 200
    assert reason(desk.http.request("GET", "/v1/proof", headers=headers)) == (401, messages.REPLAYED)


def test_a_signature_covers_desk_target_and_body(desk: Asker, stranger: Asker) -> None:
    body = push_body("D-0001")
    signed = desk.headers("POST", "/v1/push", body)
    wrong = (401, messages.SIGNATURE_WRONG)
    assert reason(desk.http.request("POST", "/v1/push", content=body + b"\x00", headers=signed)) == wrong
    assert reason(desk.http.request("POST", "/v1/blobs", content=body, headers=signed)) == wrong
    assert reason(desk.http.request("POST", "/v1/push?x=1", content=body, headers=signed)) == wrong
    assert reason(desk.ask("GET", "/v1/proof", **{signing.DESK_HEADER: stranger.desk})) == wrong
    assert reason(desk.ask("GET", "/v1/proof", **{signing.NONCE_HEADER: "00" * 16})) == wrong


@pytest.mark.parametrize("off_ms", [-signing.WINDOW_MS - 60_000, signing.WINDOW_MS + 60_000])
def test_a_time_outside_the_window_is_refused_with_the_right_time(desk: Asker, off_ms: int) -> None:
    time_ms, nonce = time.time_ns() // 1_000_000 + off_ms, secrets.token_hex(16)
    signature = desk.key.sign(signing.request_bytes(desk.desk, "GET", "/v1/proof", time_ms, nonce, b"")).hex()
    changes = {
        signing.TIME_HEADER: str(time_ms),
        signing.NONCE_HEADER: nonce,
        signing.SIGNATURE_HEADER: signature,
    }
    response = desk.ask("GET", "/v1/proof", **changes)
    assert reason(response) == (401, messages.CLOCK_OFF)
    said = msgspec.msgpack.decode(response.content, type=messages.Failure).server_ms
    assert abs(said - time.time_ns() // 1_000_000) < signing.WINDOW_MS


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        (signing.DESK_HEADER, "D-7777", (403, messages.NOT_ENROLLED)),
        (signing.DESK_HEADER, "", (403, messages.NOT_ENROLLED)),
        (signing.TIME_HEADER, "soon", (400, messages.MALFORMED)),
        (signing.SIGNATURE_HEADER, "xyz", (400, messages.MALFORMED)),
        (signing.SIGNATURE_HEADER, "", (401, messages.SIGNATURE_WRONG)),
        (signing.PROTOCOL_HEADER, "0", (426, messages.PROTOCOL_TOO_OLD)),
        (signing.PROTOCOL_HEADER, "", (400, messages.MALFORMED)),
        (signing.PROTOCOL_HEADER, "²", (400, messages.MALFORMED)),
    ],
)
def test_a_wrong_header_has_its_own_answer(desk: Asker, header: str, value: str, expected: tuple[int, str]) -> None:
    headers = desk.headers("GET", "/v1/proof", b"")
    raw = [(name.encode(), (value if name == header else kept).encode("latin-1")) for name, kept in headers.items()]
    assert reason(desk.http.request("GET", "/v1/proof", headers=raw)) == expected


@pytest.mark.parametrize("body", [b"", b"\xc1", b"{}", msgspec.msgpack.encode({"desk": 5})])
def test_a_body_that_is_no_batch_is_refused(desk: Asker, body: bytes) -> None:
    assert reason(desk.ask("POST", "/v1/push", body)) == (400, messages.MALFORMED)


def test_a_batch_of_another_desk_or_with_too_many_entries_is_refused(desk: Asker) -> None:
    assert reason(desk.ask("POST", "/v1/push", push_body("D-0002"))) == (400, messages.MALFORMED)
    many = push_body("D-0001", *[(b"", None, None)] * (messages.MAX_ENTRIES + 1))
    assert reason(desk.ask("POST", "/v1/push", many)) == (413, messages.TOO_LARGE)


def test_a_body_that_unpacks_to_gigabytes_or_not_at_all_is_refused_without_unpacking(desk: Asker) -> None:
    packed = {"content-encoding": "zstd"}
    bomb = zstandard.ZstdCompressor(level=1).compress(bytes(64_000_000))
    assert reason(desk.ask("POST", "/v1/push", bomb, **packed)) == (413, messages.TOO_LARGE)
    endless = zstandard.ZstdCompressor(level=1, write_content_size=False).compress(bytes(1_000))
    assert reason(desk.ask("POST", "/v1/push", endless, **packed)) == (413, messages.TOO_LARGE)
    assert reason(desk.ask("POST", "/v1/push", b"no zstd", **packed)) == (400, messages.MALFORMED)


def test_an_endless_body_is_cut_off(desk: Asker) -> None:
    assert reason(desk.ask("POST", "/v1/push", bytes(16_000_001))) == (413, messages.TOO_LARGE)


@pytest.mark.parametrize("scope", [point_scope("P-02"), persons_scope("110000"), "", "reference "])
def test_a_desk_reads_only_its_own_scopes(desk: Asker, scope: str) -> None:
    target = str(httpx.URL("/v1/feed", params={"scope": scope, "epoch": "", "after": "0", "limit": "10"}))
    assert reason(desk.ask("GET", target)) == (404, messages.UNKNOWN)
    target = str(httpx.URL("/v1/snapshot", params={"scope": scope}))
    assert reason(desk.ask("GET", target)) == (404, messages.UNKNOWN)


def test_a_foreign_epoch_or_a_position_past_the_head_breaks_the_feed(desk: Asker) -> None:
    for epoch, after in (("other", "0"), ("", "1"), ("", "7")):
        response = desk.ask("GET", f"/v1/feed?scope=reference&epoch={epoch}&after={after}&limit=10")
        assert reason(response) == (409, messages.FEED_BROKEN)
    assert reason(desk.ask("GET", "/v1/feed?scope=reference&epoch=&after=-1&limit=10")) == (400, messages.MALFORMED)


def test_an_unchanged_feed_costs_no_body(centre: OpenCentre, desk: Asker) -> None:
    imports.import_banks(centre, [{"code": "95588", "name": "示例银行"}])
    first = desk.ask("GET", "/v1/feed?scope=reference&epoch=&after=0&limit=10")
    page = msgspec.msgpack.decode(first.content, type=messages.FeedPage)
    assert "95588" in [item.id for item in page.items]
    tag = first.headers["etag"]
    target = f"/v1/feed?scope=reference&epoch={page.epoch}&after={page.head}&limit=10"
    again = desk.ask("GET", target, **{"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    imports.import_banks(centre, [{"code": "95566", "name": "另一家银行"}])
    assert desk.ask("GET", target, **{"if-none-match": tag}).status_code == 200


def test_own_entries_come_back_without_a_body_and_others_with_theirs(centre: OpenCentre, desk: Asker) -> None:
    neighbour = enrolled(centre, desk.http, "D-0002", POINT)
    entry = ModelDesk("D-0001").record(opened(1), subject())
    desk.ask("POST", "/v1/push", push_body("D-0001", (entry.header, entry.payload, entry.salt)))
    target = f"/v1/feed?scope={point_scope(POINT)}&epoch=&after=0&limit=10"
    mine = msgspec.msgpack.decode(desk.ask("GET", target).content, type=messages.FeedPage)
    theirs = msgspec.msgpack.decode(neighbour.ask("GET", target).content, type=messages.FeedPage)
    assert [item.body for item in mine.items] == [b""]
    assert [bool(item.body) for item in theirs.items] == [True]


def test_blobs_stay_within_their_service_point(centre: OpenCentre, desk: Asker, stranger: Asker) -> None:
    neighbour = enrolled(centre, desk.http, "D-0002", POINT)
    photo = b"portrait" * 100
    body = msgspec.msgpack.encode(messages.Blobs(bodies=(photo, b"scan")))
    names = msgspec.msgpack.decode(desk.ask("POST", "/v1/blobs", body).content, type=messages.BlobNames)
    question = msgspec.msgpack.encode(names)
    assert neighbour.ask("GET", f"/v1/blobs?blob={names.blobs[0]}").content == photo
    assert reason(stranger.ask("GET", f"/v1/blobs?blob={names.blobs[0]}")) == (404, messages.UNKNOWN)
    theirs = msgspec.msgpack.decode(
        stranger.ask("POST", "/v1/blobs/missing", question).content, type=messages.BlobNames
    )
    ours = msgspec.msgpack.decode(neighbour.ask("POST", "/v1/blobs/missing", question).content, type=messages.BlobNames)
    assert (theirs.blobs, ours.blobs) == (names.blobs, ())
    stranger.ask("POST", "/v1/blobs", body)
    assert stranger.ask("GET", f"/v1/blobs?blob={names.blobs[0]}").content == photo


def test_a_snapshot_file_is_served_from_any_byte_on(centre: OpenCentre, desk: Asker) -> None:
    imports.import_persons(centre, REGION, [person(n) for n in range(300)])
    info = msgspec.msgpack.decode(
        desk.ask("GET", f"/v1/snapshot?scope={persons_scope(REGION)}").content, type=messages.SnapshotInfo
    )
    target = f"/v1/snapshot/file?scope={persons_scope(REGION)}&sha256={info.sha256}"
    whole = desk.ask("GET", target)
    rest = desk.ask("GET", target, range="bytes=100-")
    assert (info.count, whole.status_code, rest.status_code) == (300, 200, 206)
    assert whole.content[100:] == rest.content
    for name in ("..%2Finfo", "00" * 32, ""):
        refused = desk.ask("GET", f"/v1/snapshot/file?scope={persons_scope(REGION)}&sha256={name}")
        assert reason(refused) == (404, messages.UNKNOWN)


def test_health_needs_no_enrolment_and_says_nothing_of_anybody(http: Web) -> None:
    answer = msgspec.msgpack.decode(http.request("GET", "/v1/health").content)
    assert sorted(answer) == ["protocol", "server_ms", "training"]
