"""The key service: one question judged, computed and put on record in one transaction, and only then answered."""

import hashlib
import hmac
import logging
import re
from typing import Final

import msgspec
from sqlalchemy import Connection

from sscard_desk.cards import cipher, key_chain
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.identification_code import need_identification_code, region
from sscard_desk.central.card_keys import rules
from sscard_desk.central.card_keys.key_place import Challenge, KeyLabel, KeyPlace
from sscard_desk.central.card_keys.rules import Verdict
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.signed import need_enrolled
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store import desks
from sscard_desk.central.store.card_keys import HeldKey, Use
from sscard_desk.central.store.desks import Desk
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.device import CardItemDamaged
from sscard_desk.wire import messages
from sscard_desk.wire.card_keys import GIVEN, CardKeyAnswer, CardKeyQuestion

LONGEST_REASON: Final = 200
LONGEST_KEY: Final = 64
MOST_HISTORICAL: Final = 15
HEADER: Final = 4
_COMPUTED: Final = frozenset({Algorithm.TRIPLE_DES, Algorithm.SM4})
_HEX_32: Final = re.compile("[0-9a-f]{32}")
_KEY: Final = re.compile("[0-9A-F]{6}")

_log = logging.getLogger(__name__)


def answer(centre: OpenCentre, desk: Desk, asked: CardKeyQuestion) -> CardKeyAnswer:
    """Return the second step, or why there is none; either way it stands in the record before it is sent.

    The same question under the same `use_id` is the same use: it is computed again and stands in the record once.

    Raises:
        RequestFailed: `malformed`; `desk-revoked`, the desk was revoked meanwhile.
    """
    algorithm = Algorithm(asked.algorithm)
    _need_form(asked, algorithm)
    digest = _digest(centre, asked)

    def work(connection: Connection) -> CardKeyAnswer:
        # held until the end, so that two questions of one desk are counted one after the other
        sender = need_enrolled(desks.find_desk(connection, desk.id, for_update=True))
        now_ms = centre.now_ms()
        key = kept.find_key(connection, asked.key, algorithm.name)
        before = kept.find_use(connection, sender.id, asked.use_id)
        if before is not None:
            if before.question != digest:
                raise RequestFailed(messages.MALFORMED)
            if before.state != GIVEN or key is None:
                return CardKeyAnswer(state=before.state if key else "no_key")
            return _computed(centre, key, asked, algorithm)
        verdict = _judged(connection, sender, asked, key, now_ms, training=centre.training)
        said = CardKeyAnswer(
            state=verdict.state, per_hour=verdict.per_hour, minutes=verdict.minutes, detail=verdict.detail
        )
        if verdict.state == GIVEN and key is not None:
            said = _computed(centre, key, asked, algorithm)
        if said.state == GIVEN and asked.act == "write":
            _grant(connection, sender, asked, now_ms)
        use = Use(
            at_ms=now_ms,
            desk=sender.id,
            use_id=asked.use_id,
            question=digest,
            act=asked.act,
            kind=rules.KIND[asked.act],
            key_name=asked.key,
            algorithm=algorithm.name,
            application=asked.application,
            card=asked.identification_code,
            reason=asked.reason,
            state=said.state,
        )
        kept.note(connection, use)
        return said

    return centre.database.write(work)


def _judged(
    connection: Connection, desk: Desk, asked: CardKeyQuestion, key: HeldKey | None, now_ms: int, *, training: bool
) -> Verdict:
    try:
        need_identification_code(asked.identification_code)
    except CardItemDamaged:
        return Verdict("card")
    return rules.judge(connection, desk, asked, key, now_ms, training=training)


def _grant(connection: Connection, desk: Desk, asked: CardKeyQuestion, now_ms: int) -> None:
    code, part = asked.identification_code, key_chain.card_part(asked.historical).hex()
    if kept.application_of(connection, code) is None:
        kept.grant(connection, asked.application, code, desk.id, now_ms, part)
    else:
        kept.keep_card_part(connection, code, part)


def _computed(centre: OpenCentre, key: HeldKey, asked: CardKeyQuestion, algorithm: Algorithm) -> CardKeyAnswer:
    factors = key_chain.factors(key.levels, region(asked.identification_code), asked.historical)
    challenge = Challenge(tuple(factors), asked.random)
    try:
        place = centre.card_keys.place(key.place)
        return CardKeyAnswer(state=GIVEN, data=_data(place, KeyLabel(key.name, algorithm), challenge, asked))
    except CentreTrouble as trouble:
        # the code alone: what a token was given stands in no log
        _log.warning("card keys cannot be used: %s", trouble.code)
        return CardKeyAnswer(state="away")


def _data(place: KeyPlace, label: KeyLabel, challenge: Challenge, asked: CardKeyQuestion) -> bytes:
    if asked.header:
        return place.protected_pin(label, challenge, asked.header, asked.block)
    return place.authentication(label, challenge)


def _need_form(asked: CardKeyQuestion, algorithm: Algorithm) -> None:
    """Refuse what no desk of ours sends; a cipher that nobody computes is left to the rules.

    Raises:
        RequestFailed: `malformed`.
    """
    size = cipher.block_length(algorithm) if algorithm in _COMPUTED else len(asked.random)
    texts = (asked.application, asked.reason, asked.identification_code)
    right = (
        bool(_HEX_32.fullmatch(asked.use_id)),
        asked.act in rules.KIND,
        bool(_KEY.fullmatch(asked.key)),
        len(asked.random) == size,
        len(asked.historical) <= MOST_HISTORICAL,
        len(asked.header) in {0, HEADER},
        len(asked.block) in ({0, size} if asked.header else {0}),
        len(asked.reason) <= LONGEST_REASON,
        max(len(asked.application), len(asked.identification_code)) <= LONGEST_KEY,
        not any("\0" in text for text in texts),
    )
    if not all(right):
        raise RequestFailed(messages.MALFORMED)


def _digest(centre: OpenCentre, asked: CardKeyQuestion) -> str:
    """Return what a question is known by: keyed, since a digest of six digits would give them away."""
    secret = hashlib.sha256(b"sscard-desk key questions 1" + centre.keys.receipt.private_bytes_raw()).digest()
    return hmac.new(secret, msgspec.msgpack.encode(asked), hashlib.sha256).hexdigest()
