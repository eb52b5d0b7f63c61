"""Read whatever social security card lies in the reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sscard_desk.cards.answer_to_reset import is_contactless
from sscard_desk.cards.authentication import authenticate
from sscard_desk.cards.bank_application import read_bank_card_number
from sscard_desk.cards.card_file import SSSE, CardFile
from sscard_desk.cards.file_layout import FileLayout, layout_of
from sscard_desk.cards.file_reading import FileReading, read_files
from sscard_desk.cards.holder import CardHolder, read_holder
from sscard_desk.cards.identity import CardIdentity, identify
from sscard_desk.cards.iso7816 import Transmit, select_application
from sscard_desk.cards.items import Item
from sscard_desk.cards.profile import CardProfile, KeyAddress
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.errors import CentreTrouble, DeskError
from sscard_desk.domain.errors.card_model import CipherNotBuilt
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardRefused, KeyHolderRefused
from sscard_desk.domain.errors.psam import PsamMissing, PsamUnfit
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import READING, CardFactors, KeyHolder, KeyUse

Wanted = Sequence[tuple[CardFile, Sequence[Item]]]


@dataclass(frozen=True)
class CardReading:
    """A card as read.

    Attributes:
        identity: EF05 and the answer to reset.
        holder: EF06, or None where reading it needs a key that is not at hand (cards of version 3).
        apdus: how many commands it took.
        contactless: whether the reader reports a contactless card.
        files: further files as far as the card gave them.
        reader: name of the reader that the card lies in.
        bank_card_number: from the debit and credit application; None where it was not asked for.
        no_key: why the centre or a PSAM gave no key, where that left something unread; None where nobody was asked,
            or the card itself refused.
    """

    identity: CardIdentity
    holder: CardHolder | None
    apdus: int
    contactless: bool = False
    files: tuple[FileReading, ...] = ()
    reader: str = ""
    bank_card_number: str | None = field(default=None, repr=False)
    no_key: DeskError | None = None

    @property
    def blank(self) -> bool | None:
        """Whether nobody's data stands on it; None while EF06 could not be read."""
        return None if self.holder is None else not self.holder.social_security_number


@dataclass(frozen=True)
class Extent:
    """How much of a card is read besides EF05 and EF06.

    Attributes:
        files: those that the profile names.
        bank: the bank card number.
        chosen: gives further files and items for the card's layout; read in place of the profile's.
    """

    files: bool = False
    bank: bool = False
    chosen: Callable[[FileLayout], Wanted] | None = None


BASIC = Extent()
WHOLE = Extent(files=True, bank=True)


def read_social_card(
    reader: CardReader,
    profile: CardProfile,
    keys: KeyHolder | None,
    cancel: Cancel,
    wait_s: float = 0.0,
    *,
    extent: Extent = BASIC,
    use: KeyUse = READING,
) -> CardReading:
    """Read EF05, and EF06 and more as far as the card allows.

    Args:
        reader: the card reader.
        profile: names the keys for reading and the further files.
        keys: holder of those keys, None without one.
        cancel: a wish to stop.
        wait_s: how long to wait for a card.
        extent: what is read besides EF05 and EF06.
        use: why, for whoever holds the keys; without a reason the centre gives none.

    Raises:
        NoCard, ForeignCard, SeveralCards, NoSocialCard, CardRefused, CardItemDamaged, CardRemoved, CardReaderMissing,
        CardReaderSilent, CardServiceStopped: as named.
    """
    with reader.open(cancel, wait_s) as channel:
        return _Reading(channel, profile, keys, cancel, use).run(extent)


class _Reading:
    """One card in the reader."""

    def __init__(
        self, channel: CardChannel, profile: CardProfile, keys: KeyHolder | None, cancel: Cancel, use: KeyUse
    ) -> None:
        self._use = use
        self._no_key: DeskError | None = None
        self._channel = channel
        self._transmit: Transmit = channel.transmit
        self._profile = profile
        self._keys = keys
        self._cancel = cancel

    def run(self, extent: Extent) -> CardReading:
        identity = identify(self._transmit, self._channel.atr)
        holder = self._holder(identity)
        layout = layout_of(identity.public.spec_version)
        wanted: Wanted = ()
        if extent.chosen is not None:
            wanted = extent.chosen(layout)
        elif extent.files:
            files = (layout.find(name) for name in self._profile.reads)
            wanted = [(file, file.items) for file in files if file is not None]
        found = self._files(wanted, identity)
        self._cancel.check()
        return CardReading(
            identity=identity,
            holder=holder,
            contactless=is_contactless(self._channel.atr),
            files=found,
            reader=self._channel.reader,
            # last of all: the bank's application takes the place of ours
            bank_card_number=read_bank_card_number(self._transmit) if extent.bank else None,
            apdus=self._channel.commands,
            no_key=self._no_key,
        )

    def _holder(self, identity: CardIdentity) -> CardHolder | None:
        if identity.public.reads_holder_with_key and not self._opened(identity, self._profile.read_key):
            return None
        try:
            return read_holder(self._transmit)
        except CardRefused as refusal:
            if refusal.status_word == StatusWord.SECURITY_STATUS:
                return None
            raise

    def _files(self, wanted: Wanted, identity: CardIdentity) -> tuple[FileReading, ...]:
        found: list[FileReading] = []
        for application in dict.fromkeys(file.application for file, _ in wanted):
            of_it = [(file, items) for file, items in wanted if file.application == application]
            if application != SSSE:
                status_word = select_application(self._transmit, application)
                if status_word != StatusWord.SUCCESS:
                    found += [FileReading(file, refused=status_word) for file, _ in of_it]
                    continue
                if self._profile.personal_key is not None:
                    self._opened(identity, self._profile.personal_key)
            found += read_files(self._transmit, of_it, selected=application)
        return tuple(found)

    def _opened(self, identity: CardIdentity, key: KeyAddress) -> bool:
        """Show a key if there is one at hand; what the card then gives says whether it was needed."""
        keys = self._keys
        if keys is None or identity.algorithm not in (None, self._profile.algorithm):
            # another cipher: a wrong try would count
            return False
        factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
        try:
            authenticate(
                self._transmit,
                key,
                lambda key_id, challenge: keys.external_authentication(key_id, factors, challenge, self._use),
            )
        except (CardAuthenticationFailed, CardRefused, KeyHolderRefused, CipherNotBuilt):
            return False
        except (CentreTrouble, PsamMissing, PsamUnfit) as trouble:
            # what everybody may read is shown all the same
            self._no_key = self._no_key or trouble
            return False
        return True
