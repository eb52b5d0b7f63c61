"""Which card lies in the reader: its public data, and what is needed to derive its keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sscard_desk.cards import answer_to_reset, ssse, tlv
from sscard_desk.cards.algorithm import Algorithm, stated_algorithm
from sscard_desk.cards.bank_application import has_payment
from sscard_desk.cards.identification_code import need_identification_code, region
from sscard_desk.cards.iso7816 import Transmit, read_record, select_ef, select_name
from sscard_desk.cards.items import Item
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.errors.card_model import BankCardOnly
from sscard_desk.domain.errors.device import CardItemDamaged, CardRefused, ForeignCard
from sscard_desk.domain.numbers.card_number import check_fits

_BLOCKED: Final = frozenset(
    {StatusWord.FILE_INVALIDATED, StatusWord.APPLICATION_LOCKED, StatusWord.FUNCTION_NOT_SUPPORTED}
)
"""SELECT finds the application and it is blocked; 6A81 says so of the whole card (PBOC, from memory)."""


@dataclass(frozen=True)
class CardPublic:
    """EF05, card public data (domain reference A.4); what a blank does not have yet is empty or None.

    Attributes:
        identification_code: item 01, 32 hex characters.
        card_class: item 02.
        spec_version: item 03, for example `2.00`.
        init_institution: item 04, 24 hex characters.
        issue_date: item 05.
        valid_until: item 06.
        card_number: item 07, nine characters.
        damaged: tags of 05 to 07 that break their format, in hex: what a writing that broke off leaves behind. They
            read as empty; the card can still be identified and its writing taken up again.
    """

    identification_code: str
    card_class: str
    spec_version: str
    init_institution: str
    issue_date: date | None
    valid_until: date | None
    card_number: str
    damaged: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"CardPublic(spec_version={self.spec_version!r})"

    @property
    def card_number_doubtful(self) -> bool:
        """Whether the card number does not bear its GB 11714 check: a warning only, genuine cards were seen so."""
        return bool(self.card_number) and not check_fits(self.card_number)

    @property
    def reads_holder_with_key(self) -> bool:
        """Whether EF06 needs external authentication with RKssse before it can be read (domain reference A.8)."""
        return self.spec_version.startswith(ssse.KEY_READS_HOLDER)


@dataclass(frozen=True)
class CardIdentity:
    """A social security card as it answered.

    Attributes:
        public: EF05.
        historical: historical bytes of the answer to reset.
        algorithm: the cipher of its keys as the card states it; None where it is silent.
        found: the values of EF05 as read, by tag, so that nobody asks the card for them twice.
    """

    public: CardPublic
    historical: bytes = field(repr=False)
    algorithm: Algorithm | None = None
    found: Mapping[int, bytes] = field(default_factory=dict, repr=False)

    @property
    def region(self) -> str:
        """Six digits of the region that issued the card."""
        return region(self.public.identification_code)


def identify(transmit: Transmit, atr: bytes) -> CardIdentity:
    """Select SSSE and read EF05.

    Afterwards SSSE is the current application; authentications made earlier are gone.

    Args:
        transmit: to the card, 61xx and 6Cxx followed.
        atr: the whole answer to reset.

    Raises:
        ForeignCard: no social security card; `BankCardOnly` where it has a bank's application.
        CardRefused: card or application is blocked, or it does not give EF05.
        CardItemDamaged: one of the items 01 to 04 breaks its format.
    """
    file_control, status_word = select_name(transmit, ssse.NAME)
    if status_word in _BLOCKED:
        raise CardRefused(command="SELECT", status_word=status_word)
    if status_word != StatusWord.SUCCESS:
        raise BankCardOnly if has_payment(transmit) else ForeignCard
    public, found = _read_public(transmit)
    try:
        historical = answer_to_reset.historical_bytes(atr)
    except answer_to_reset.AtrMalformed:
        raise ForeignCard from None
    return CardIdentity(public, historical, stated_algorithm(file_control), found)


def read_item(transmit: Transmit, item: Item) -> bytes:
    """Read one item of the current file by its tag; return its value with padding.

    Raises:
        CardRefused: no such record, or reading needs a key.
        CardItemDamaged: the record has another tag or length.
    """
    try:
        record = tlv.Record.parse(read_record(transmit, item.tag, item.length))
    except tlv.MalformedTlv:
        raise CardItemDamaged(item=item.tag_hex) from None
    if record.tag != item.tag or len(record.value) != item.length:
        raise CardItemDamaged(item=item.tag_hex)
    return record.value


def read_identification_code(transmit: Transmit) -> str:
    """Read only EF05 item 01: which card lies in the reader now. EF05 is the current file afterwards.

    Raises:
        CardRefused, CardItemDamaged: as `read_item`; a card that was put in anew has no application selected.
    """
    select_ef(transmit, ssse.EF05.file_id)
    return ssse.IDENTIFICATION_CODE.decode(read_item(transmit, ssse.IDENTIFICATION_CODE))


def _read_public(transmit: Transmit) -> tuple[CardPublic, dict[int, bytes]]:
    select_ef(transmit, ssse.EF05.file_id)
    found: dict[int, bytes] = {}
    damaged: list[str] = []

    def text(item: Item) -> str:
        found[item.tag] = read_item(transmit, item)
        return item.decode(found[item.tag])

    def written(item: Item) -> str:
        try:
            return text(item)
        except CardItemDamaged:
            if item.tag not in found:
                raise
            damaged.append(item.tag_hex)
            return ""

    public = CardPublic(
        identification_code=need_identification_code(text(ssse.IDENTIFICATION_CODE)),
        card_class=text(ssse.CARD_CLASS),
        spec_version=text(ssse.SPEC_VERSION),
        init_institution=text(ssse.INIT_INSTITUTION),
        issue_date=ssse.ISSUE_DATE.day(written(ssse.ISSUE_DATE)),
        valid_until=ssse.VALID_UNTIL.day(written(ssse.VALID_UNTIL)),
        card_number=written(ssse.CARD_NUMBER),
        damaged=tuple(damaged),
    )
    return public, found
