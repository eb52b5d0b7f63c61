"""A computer without a line becomes a desk: its request comes on a stick, and the answer goes back on it."""

import hmac
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import desks
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong, TrainingRefused
from sscard_desk.domain.errors.stick import StickDamaged
from sscard_desk.wire.enrolment import Enrolled
from sscard_desk.wire.stick import joining
from sscard_desk.wire.stick.header import FORMAT


def join(centre: OpenCentre, request: Path, folder: Path) -> tuple[str, Path]:
    """Register the key of a request, and write the answer; return the desk and the file. The same may come again.

    Args:
        centre: the centre.
        request: the file of the computer.
        folder: where the answer goes.

    Raises:
        StickMissing, StickDamaged, StickNewer: the file, or the folder.
        TrainingRefused: it is for the other mode.
        EnrolmentCodeWrong: its code is unknown, of another desk, too old, or used for another key.
        DiskFull, DiskTrouble: the answer could not be written; bring the request again.
    """
    asked = joining.read(request, joining.JoinRequest)
    if asked.training != centre.training:
        raise TrainingRefused
    proved = joining.request_bytes(asked.desk, asked.public_key, training=asked.training)
    try:
        Ed25519PublicKey.from_public_bytes(asked.public_key).verify(asked.proof, proved)
    except (InvalidSignature, ValueError) as wrong:
        raise StickDamaged from wrong

    def register(connection: Connection) -> tuple[bytes, desks.Desk]:
        for secret_hash in desks.codes_of(connection, asked.desk):
            if hmac.compare_digest(joining.mac(secret_hash, proved), asked.mac):
                desks.enrol_by_hash(connection, asked.desk, secret_hash, asked.public_key, centre.now_ms())
                found = desks.find_desk(connection, asked.desk)
                if found is not None:
                    return secret_hash, found
        raise EnrolmentCodeWrong

    secret_hash, desk = centre.database.write(register)
    enrolled = msgspec.msgpack.encode(
        Enrolled(
            desk=desk.id,
            point=desk.point,
            point_name=desk.point_name,
            region=desk.region,
            training=centre.training,
            receipt_key=centre.keys.receipt_key,
            server_ms=centre.now_ms(),
            box=centre.keys.box.public_key().public_bytes_raw(),
        )
    )
    authority = centre.keys.authority
    proof = joining.mac(secret_hash, joining.answer_bytes(asked.public_key, enrolled, authority))
    answer = joining.JoinAnswer(format=FORMAT, desk=desk.id, enrolled=enrolled, authority=authority, mac=proof)
    path = folder / joining.ANSWER
    joining.write(path, answer)
    return desk.id, path
