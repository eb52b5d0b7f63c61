"""What can be asked of a centre, one request for each row of docs/access.md; all of it belongs to one service point."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import enrolment_code
from sscard_desk.central.snapshots import current_snapshot
from sscard_desk.central.store import blobs, photos
from sscard_desk.central.store.photos import HeldPhoto
from sscard_desk.domain import events
from sscard_desk.sync.certificate import certificate_request, new_key
from sscard_desk.wire import messages
from sscard_desk.wire.card_keys import CardKeyAnswer, CardKeyQuestion
from sscard_desk.wire.certificates import CertificateQuestion
from sscard_desk.wire.enrolment import Enrol, enrol_bytes
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import persons_scope, point_scope
from sscard_desk.wire.photos import PhotoAnswer, RegisterPhotoQuestion, StudioPhotoQuestion
from tests.central._journal import receive
from tests.machines.counter import POINT, REGION, citizen_number, opened, person, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.pcsc import training_profile

OTHER_POINT, OTHER_REGION = "P-02", "420196"
PHOTO = b"\xff\xd8\xff the portrait of a synthetic person"
FAR_AHEAD = 10**9
FIRST_FAILURE = 400
Body = msgspec.Struct | Callable[[str], msgspec.Struct] | None


@dataclass(frozen=True)
class Ask:
    """One request; a body that is a function is given the name of the desk that asks."""

    route: str
    what: str
    query: dict[str, str] = field(default_factory=dict)
    body: Body = None

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def target(self) -> str:
        path = self.route.partition(" ")[2]
        return f"{path}?{urlencode(self.query)}" if self.query else path

    def bytes_for(self, desk: str) -> bytes:
        if self.body is None:
            return b""
        return msgspec.msgpack.encode(self.body if isinstance(self.body, msgspec.Struct) else self.body(desk))

    def word(self, status: int, said: bytes) -> str:
        """What came of it: why it was not served, what an answer that was given says within, or `ok`."""
        if status >= FIRST_FAILURE:
            return msgspec.msgpack.decode(said, type=messages.Failure).reason
        if self.route == "POST /v1/push":
            (answer,) = msgspec.msgpack.decode(said, type=messages.PushAnswer).answers
            return answer.code or "ok"
        if self.route == "POST /v1/card-keys":
            state = msgspec.msgpack.decode(said, type=CardKeyAnswer).state
            return "ok" if state == "given" else state
        if self.route.startswith("POST /v1/photos/"):
            photo: str = msgspec.msgpack.decode(said, type=PhotoAnswer).state
            return "ok" if photo == "found" else photo
        if self.route == "POST /v1/blobs/missing":
            return "missing" if msgspec.msgpack.decode(said, type=messages.BlobNames).blobs else "ok"
        return "ok"


def everything(centre: OpenCentre) -> list[Ask]:
    """Bring in an application, pictures and persons of the first point, and return what can be asked for."""
    application, scan = subject(), b"a scan of the first point"
    first = _OPENINGS["D-0001"] = ModelDesk("D-0001").record(opened(1), application)
    assert [answer.outcome for answer in receive(centre, "D-0001", [first])] == ["stored"]
    imports.import_persons(centre, REGION, [person(n) for n in range(3)])
    imports.import_persons(centre, OTHER_REGION, [person(n) for n in range(3, 5)])
    held = HeldPhoto(citizen_number(1), PHOTO)
    with centre.database.writing() as connection:
        photos.keep_register_photo(connection, held)
        photos.keep_studio_photo(connection, replace(held, receipt="R-1", studio="S01"))
        register_blob = blobs.hold(connection, PHOTO)
        (scanned,) = blobs.keep_all(connection, POINT, [scan])
    snapshot = current_snapshot(centre, persons_scope(REGION))
    assert snapshot is not None
    code = enrolment_code(centre, "D-0100", POINT)
    scopes = {
        "reference data": "reference",
        "the first point": point_scope(POINT),
        "the first region": persons_scope(REGION),
        "the other point": point_scope(OTHER_POINT),
        "the other region": persons_scope(OTHER_REGION),
    }
    feeds = [
        Ask("GET /v1/feed", what, {"scope": scope, "epoch": "", "after": "0", "limit": "9"})
        for what, scope in scopes.items()
    ]
    files = [
        Ask("GET /v1/snapshot", what, {"scope": scopes[what]}) for what in ("the first region", "the other region")
    ]
    file = {"scope": persons_scope(REGION), "sha256": snapshot.sha256}
    return [
        Ask("GET /v1/openapi.json", "the contract"),
        Ask("GET /v1/health", "whether it is up"),
        Ask("GET /v1/ready", "whether it takes requests"),
        Ask("GET /v1/authority", "the authority"),
        Ask("POST /v1/enrol", "with a guessed code", body=enrolment(b"guess" * 3)),
        Ask("POST /v1/enrol", "with a code, not for training", body=enrolment(code.secret, training=False)),
        Ask("POST /v1/enrol", "with a code", body=enrolment(code.secret)),
        Ask("GET /v1/hello", "a greeting", {"training": "1"}),
        Ask("GET /v1/hello", "a greeting of the other mode", {"training": "0"}),
        Ask("POST /v1/push", "an entry of its own", body=first_entry),
        Ask("POST /v1/push", "about the first point's", body=lambda desk: _push(desk, _about(desk, application))),
        Ask("POST /v1/push", "in another desk's name", body=lambda _: _push("D-0009", _opening("D-0009"))),
        Ask("POST /v1/blobs", "a picture of its own", body=lambda desk: messages.Blobs(bodies=(desk.encode(),))),
        Ask("POST /v1/blobs/part", "a part of a scan of its own", {"blob": "ab" * 32, "from": "0", "size": "9"}),
        Ask("POST /v1/blobs/missing", "the first point's scan", body=messages.BlobNames(blobs=(scanned,))),
        Ask("GET /v1/blobs", "the first point's scan", {"blob": scanned}),
        Ask("GET /v1/blobs", "the register's portrait by its name", {"blob": register_blob}),
        *feeds,
        *files,
        Ask("GET /v1/snapshot/file", "the first region", file),
        Ask("GET /v1/proof", "counts and sums"),
        Ask("POST /v1/photos/register", "for the first point's application", body=_portrait(application)),
        Ask("POST /v1/photos/studio", "with receipt and number", body=_receipt(1)),
        Ask("POST /v1/photos/studio", "with another's number", body=_receipt(2)),
        Ask("POST /v1/card-keys", "for the first point's application", body=lambda _: _card_key(application)),
        Ask("POST /v1/certificate", "a new one", body=lambda _: _certificate()),
        Ask("POST /v1/end", "with more than the centre has", body=messages.EndDesk(held=FAR_AHEAD)),
    ]


def enrolment(secret: bytes, *, training: bool = True) -> Enrol:
    """What a training desk, or another one, sends to enrol under a code."""
    key = _NEW_DESK
    public = key.public_key().public_bytes_raw()
    proof = key.sign(enrol_bytes("D-0100", secret, public))
    return Enrol(protocol=1, desk="D-0100", secret=secret, public_key=public, training=training, proof=proof)


def first_entry(desk: str) -> messages.Push:
    """A desk's first entry, one of training, as a batch."""
    return _push(desk, _opening(desk))


def _push(desk: str, entry: Entry) -> messages.Push:
    return messages.Push(protocol=1, desk=desk, entries=((entry.header, entry.payload, entry.salt),))


def _opening(desk: str) -> Entry:
    """The first entry of a desk, the same at every call."""
    if desk not in _OPENINGS:
        _OPENINGS[desk] = ModelDesk(desk).record(opened(100 + len(_OPENINGS)), subject())
    return _OPENINGS[desk]


def _about(desk: str, application: str) -> Entry:
    """The second entry of a desk, about somebody else's application."""
    journal = ModelDesk(desk)
    journal.entries.append(_opening(desk))
    return journal.record(events.PhotoExempted(reason="under 7"), application)


def _portrait(application: str) -> RegisterPhotoQuestion:
    return RegisterPhotoQuestion(
        application=application,
        id_number=citizen_number(1),
        edition="1",
        language="zh_CN",
        digest="0" * 64,
        at_ms=1,
        party="applicant",
        kind_of_signature="strokes",
    )


def _receipt(running: int) -> StudioPhotoQuestion:
    return StudioPhotoQuestion(receipt="R-1", id_number=citizen_number(running))


def _card_key(application: str) -> CardKeyQuestion:
    return CardKeyQuestion(
        use_id=secrets.token_hex(16),
        act="read",
        application=application,
        reason="",
        identification_code="330100D156000005" + "1".zfill(16),
        historical=bytes(13),
        algorithm=1,
        key=training_profile().read_key.hsm_name,
        random=secrets.token_bytes(8),
    )


def _certificate() -> CertificateQuestion:
    return CertificateQuestion(request=certificate_request(new_key()))


_NEW_DESK: Final = Ed25519PrivateKey.generate()
_OPENINGS: Final[dict[str, Entry]] = {}
