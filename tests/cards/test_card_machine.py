"""A card through any order of writing, breaking off, wrong keys and taking up again."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sscard_desk.cards import authentication, personalisation, proof, ssse
from sscard_desk.cards.identity import identify
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.plan import RecordWrite, plan
from sscard_desk.cards.proof import Standing
from sscard_desk.devices.card_reader.card_faults import FaultKind
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import KEY_TRIES, UPDATE_KEY, blank_card
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardOutcomeUnknown, CardRefused, CardRemoved
from sscard_desk.domain.errors.operator import CardAlreadyWritten
from tests.machines.card_in_hand import CONTENT, CardInHand, answers, opened
from tests.machines.pcsc import training_profile

PROFILE = training_profile()
PULLS = st.sampled_from([FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER])
COMMANDS = st.sampled_from(
    # records most of all: they are what can be half written
    [Instruction.UPDATE_RECORD] * 5 + [Instruction.READ_RECORD, Instruction.SELECT, Instruction.EXTERNAL_AUTHENTICATE]
)


class CardMachine(RuleBasedStateMachine):
    """Knows what was acknowledged; the card must never hold less than that, nor anything that was not planned."""

    @initialize(version=st.sampled_from(["2.00", "3.00"]))
    def first_blank(self, version: str) -> None:
        self.begin(version)

    def begin(self, version: str) -> None:
        self.card = VirtualCard(blank_card(spec_version=version), PROFILE)
        self.made = {item.tag: self.public()[item.tag] for item in ssse.EF05.items[:4]}
        self.planned = plan(CONTENT, PROFILE, version)
        self.acknowledged: set[str] = set()
        self.torn = ""
        self.under_way = ""
        self.begun = False

    def public(self) -> dict[int, bytes]:
        return self.card.memory.files[ssse.EF05.file_id].records or {}

    def attempt(self, hand: CardInHand) -> None:
        """What a use case does at each try: ask the card, then write what is missing."""
        self.card.reset()
        opened(hand.transmit, self.card.atr, PROFILE)
        results = proof.how_far(hand.transmit, self.planned)
        assert {r.name for r in results if r.standing is Standing.OTHER} <= {self.torn}
        todo = proof.unfinished(results)
        assert not self.acknowledged & set(todo)
        self.begun = True
        left = list(todo)
        self.under_way = left[0] if left else ""

        def acknowledged(_done: int, _total: int, one: RecordWrite) -> None:
            self.acknowledged.add(one.name)
            left.remove(one.name)
            self.under_way = left[0] if left else ""

        personalisation.write(hand.transmit, self.planned, acknowledged, only=todo)
        proof.compare(proof.read_back(hand.transmit, self.planned))
        self.torn = ""

    def usable(self) -> bool:
        return self.card.memory.key_tries[UPDATE_KEY] > 0

    @precondition(usable)
    @rule(kind=PULLS, at=st.integers(1, 10), instruction=COMMANDS)
    def pulled_at_some_command(self, kind: FaultKind, at: int, instruction: Instruction) -> None:
        hand = CardInHand(self.card, kind, at, instruction)
        try:
            self.attempt(hand)
        except (CardOutcomeUnknown, CardRemoved):
            if instruction is Instruction.UPDATE_RECORD and kind is FaultKind.PULL_HALF:
                # the one record under way: a record torn earlier is always written again first
                self.torn = self.under_way

    @precondition(usable)
    @rule()
    def undisturbed(self) -> None:
        self.attempt(CardInHand(self.card))
        stored = {
            write.name: (self.card.memory.files[write.file.file_id].records or {})[write.item.tag]
            for write in self.planned
        }
        assert stored == {write.name: write.value for write in self.planned}
        assert self.card.memory.key_tries[UPDATE_KEY] == KEY_TRIES

    @precondition(lambda self: len(self.acknowledged) == len(self.planned) or not self.usable())
    @rule(version=st.sampled_from(["2.00", "3.00"]))
    def the_next_blank(self, version: str) -> None:
        self.begin(version)

    @precondition(usable)
    @rule()
    def a_wrong_key(self) -> None:
        hand = CardInHand(self.card)
        left = self.card.memory.key_tries[UPDATE_KEY]
        identify(hand.transmit, self.card.atr)
        with pytest.raises(CardAuthenticationFailed) as caught:
            authentication.authenticate(hand.transmit, PROFILE.update_key, lambda _key_id, _challenge: bytes(16))
        assert caught.value.tries_left == left - 1

    @rule()
    def it_is_a_blank_only_while_nothing_was_stored(self) -> None:
        hand = CardInHand(self.card)
        self.card.reset()
        identity = identify(hand.transmit, self.card.atr)
        authentication.open_for_reading(hand.transmit, identity, PROFILE, answers(PROFILE, identity))
        try:
            personalisation.check_blank(
                hand.transmit, identity, PROFILE, expected_code=self.card.memory.identification_code
            )
        except CardAlreadyWritten:
            assert self.begun
        else:
            assert not self.acknowledged

    @rule()
    def without_a_key_nothing_is_written(self) -> None:
        hand = CardInHand(self.card)
        self.card.reset()
        identify(hand.transmit, self.card.atr)
        before = [dict(file.records or {}) for file in self.card.memory.files.values()]
        with pytest.raises(CardRefused):
            personalisation.write(hand.transmit, self.planned)
        assert before == [dict(file.records or {}) for file in self.card.memory.files.values()]

    @invariant()
    def what_the_maker_wrote_stays(self) -> None:
        if hasattr(self, "made"):
            assert {tag: self.public()[tag] for tag in self.made} == self.made

    @invariant()
    def what_was_acknowledged_stays(self) -> None:
        for write in getattr(self, "planned", ()):
            if write.name in self.acknowledged:
                assert (self.card.memory.files[write.file.file_id].records or {})[write.item.tag] == write.value


CardMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestCard = CardMachine.TestCase
