"""The page of a card that is read in named states, for pictures and tests. The cards are invented."""

from dataclasses import replace
from datetime import date
from typing import Final

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.file_layout import layout_of
from sscard_desk.cards.file_reading import FileReading, ItemReading
from sscard_desk.cards.holder import CardHolder
from sscard_desk.cards.identity import CardIdentity, CardPublic
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_keys import CardKeyLineDown, CardKeyReasonMissing
from sscard_desk.domain.errors.card_model import BankCardOnly, NoSocialCard
from sscard_desk.domain.errors.device import CardRefused, CardServiceStopped, NoCard, SeveralCards
from sscard_desk.ui.card_read.presenter import page_of
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.read_card import CardReading

_TROUBLE: Final[dict[str, DeskError]] = {
    "no_card": NoCard(),
    "bank_card": BankCardOnly(),
    "two_cards": SeveralCards(count=2),
    "none_ours": NoSocialCard(count=2),
    "blocked": CardRefused(command="SELECT", status_word=StatusWord.FUNCTION_NOT_SUPPORTED),
    "service_stopped": CardServiceStopped(),
}
STATES = ("written", "waiting", "blank", "expired", "closed", "reason", "no_line", "odd", *_TROUBLE)

_PUBLIC: Final = CardPublic(
    identification_code="420196D15600000500000000000000A1",
    card_class="3",
    spec_version="2.00",
    init_institution="91420196000000000000000A",
    issue_date=date(2026, 11, 2),
    valid_until=date(2036, 11, 2),
    card_number="B22451259",
)
_UNWRITTEN: Final = replace(_PUBLIC, issue_date=None, valid_until=None, card_number="")
_HOLDER: Final = CardHolder("11010119900307109X", "张三", "1", "01", "420196", date(1990, 3, 7))
_BLANK: Final = CardHolder("", "", "", "", "", None)


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = SampleDesk()
    desk.pages.go_to_card_read()
    page = desk.pages.card_read
    if name in _TROUBLE:
        page.failed(_TROUBLE[name])
    elif name != "waiting":
        page.came(page_of(reading(name), desk.counter.profile, desk.counter.today()))
    return desk.shell


def reading(name: str) -> CardReading:
    """Return a card as it was read."""
    whole = CardReading(
        identity=CardIdentity(_PUBLIC, bytes(13), Algorithm.TRIPLE_DES),
        holder=_HOLDER,
        apdus=58,
        files=_files(),
        reader="Counter Reader CCID 00 00",
        bank_card_number="6217000000000001234",
    )
    changed = {
        "blank": replace(
            whole,
            identity=replace(whole.identity, public=_UNWRITTEN),
            holder=_BLANK,
            files=(),
            bank_card_number="",
        ),
        "expired": replace(
            whole, identity=replace(whole.identity, public=replace(_PUBLIC, valid_until=date(2026, 11, 20)))
        ),
        "closed": _closed(whole),
        "reason": replace(_closed(whole), no_key=CardKeyReasonMissing()),
        "no_line": replace(_closed(whole), no_key=CardKeyLineDown()),
        "odd": replace(
            whole,
            identity=replace(
                whole.identity, public=replace(_PUBLIC, card_number="W20798392", damaged=("06",), valid_until=None)
            ),
            files=(*whole.files[:1], FileReading(whole.files[1].file, refused=StatusWord.FILE_NOT_FOUND)),
        ),
    }
    return changed.get(name, whole)


def _closed(whole: CardReading) -> CardReading:
    return replace(
        whole,
        identity=replace(whole.identity, public=replace(_PUBLIC, spec_version="3.00")),
        holder=None,
        contactless=True,
        files=tuple(FileReading(each.file, refused=StatusWord.SECURITY_STATUS) for each in whole.files),
    )


def _files() -> tuple[FileReading, ...]:
    layout = layout_of("2.00")
    values = {"household_kind": "1", "household_address": "示例市城关区测试街 1 号", "household_region": "420196"}
    found = []
    for name in ("DF01EF05", "DF01EF06"):
        file = layout.find(name)
        assert file is not None  # noqa: S101 - shipped data
        found.append(FileReading(file, tuple(ItemReading(item, values.get(item.name, "")) for item in file.items)))
    return tuple(found)
