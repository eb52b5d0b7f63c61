"""Cards laid, lifted and spoiled in any order: the driver hands over the card that lies there, or says why not."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from sscard_desk.devices.id_reader.serial import SamSession
from sscard_desk.devices.id_reader.simulated_sam import Ask, Fault, SimulatedSam
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import IdCardNotRead, IdFrameDamaged, IdReaderRefused
from sscard_desk.domain.id_card import IdCard
from sscard_desk.ports.devices import Cancel
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import FOREIGN_AT, persons

CARDS = [id_card_of(person) for person in persons(FOREIGN_AT + 1)]
STEPS = (Ask.FIND, Ask.SELECT, Ask.READ)
HARMLESS = {Fault.NOISE, Fault.FINGERPRINT}
DAMAGE = {Fault.CHECKSUM, Fault.LENGTH}
FAULTS = (Fault.NOISE, Fault.FINGERPRINT, Fault.CHECKSUM, Fault.LENGTH, Fault.LIFTED, Fault.STATUS)


class Cable:
    """A line without time: what the module answers is there at once."""

    def __init__(self, sam: SimulatedSam) -> None:
        self._sam = sam
        self._coming = b""

    @property
    def in_waiting(self) -> int:
        return len(self._coming)

    def write(self, data: bytes) -> None:
        self._coming += self._sam.reply(data).data

    def read(self, size: int) -> bytes:
        taken, self._coming = self._coming[:size], self._coming[size:]
        return taken


class Counter(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.sam = SimulatedSam()
        self.session = SamSession(Cable(self.sam), additional_address=False)
        self.lies: IdCard | None = None
        self.spent = False

    @rule(card=st.sampled_from(CARDS))
    def lay(self, card: IdCard) -> None:
        self.sam.lay_card(card)
        self.lies, self.spent = card, False

    @rule()
    def lift(self) -> None:
        self.sam.lift()
        self.lies, self.spent = None, False

    @rule()
    def read(self) -> None:
        expected = IdCardNotRead if self.lies is None or self.spent else self.lies
        assert self._outcome() == expected
        self.spent = self.lies is not None

    @precondition(lambda self: self.lies is not None and not self.spent)
    @rule(fault=st.sampled_from(FAULTS), at=st.sampled_from(STEPS))
    def read_with_a_fault(self, fault: Fault, at: Ask) -> None:
        self.sam.plan(fault, at, status=0x31)
        outcome = self._outcome()
        read_through = at is Ask.READ
        if fault in HARMLESS or (fault in DAMAGE and at is Ask.FIND):
            assert outcome == self.lies
            read_through = True
        elif fault is Fault.LIFTED:
            assert outcome is IdCardNotRead
            self.lies, read_through = None, False
        else:
            assert outcome is (IdFrameDamaged if fault in DAMAGE else IdReaderRefused)
        self.spent = read_through

    def _outcome(self) -> IdCard | type[DeskError]:
        try:
            return self.session.read(Cancel())
        except DeskError as error:
            return type(error)


TestCounter = Counter.TestCase
TestCounter.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
