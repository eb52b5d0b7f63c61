"""A PIN that its holder types on the reader's own keypad: it goes to the card and never comes here."""

from sscard_desk.cards import pin_commands
from sscard_desk.cards.pin_rules import PinRules
from sscard_desk.domain.errors.pin import PinPadFailed
from sscard_desk.ports.pin_pad import PinPad
from sscard_desk.usecases.pin_sending import PinSending
from sscard_desk.usecases.pin_tries import Tries


class PinOnPad:
    """The keypad for one card.

    Args:
        pad: the keypad.
        rules: how long a PIN is, and whether it may be changed here.
        sending: sends and keeps the acts.
        tries: of the card.
    """

    def __init__(self, pad: PinPad, rules: PinRules, sending: PinSending, tries: Tries) -> None:
        self._pad, self._rules, self._sending, self._tries = pad, rules, sending, tries

    @property
    def only(self) -> bool:
        """Whether this reader takes PINs in no other way."""
        return self._pad.only

    @property
    def can_change(self) -> bool:
        """Whether the pad takes old and new PIN in one act, and the profile lets it."""
        return self._pad.can_change and self._rules.pad_changes

    def verify(self) -> None:
        """Let the holder type the PIN and show it to the card.

        Raises:
            PinWrong, PinBlocked: the card counted a try, or takes none any more.
            PinCardChanged: another card, or none; no try was used.
            PinOutcomeUnknown: the answer was lost; a try may have been used.
            PinEntryStopped, PinLength, PinPadFailed: nothing was sent to the card.
        """
        self._tries.need()
        self._sending.need_same_card()
        with self._tries.counting():
            self._sending.show("verify", lambda: pin_commands.judge("VERIFY", self._pad.verify(self._rules.length)))

    def change(self) -> None:
        """Let the holder type the old and the new PIN; the card's 9000 is the proof.

        What is typed there this computer never sees, so no rule of the profile is held against it: the profile says
        whether that is wanted.

        Raises:
            PinWrong, PinBlocked, PinCardChanged, PinOutcomeUnknown: as `verify`.
            PinEntryStopped, PinLength, PinsDiffer, PinPadFailed: nothing was sent to the card.
        """
        self._tries.need()
        if not self.can_change:
            raise PinPadFailed(reason="rules" if self._pad.can_change else "no_change")
        self._sending.need_same_card()
        length = self._rules.length
        with self._tries.counting():
            self._sending.send(
                "change",
                lambda: pin_commands.judge("CHANGE PIN", self._pad.change(length)),
                proof=lambda: None,
            )
