"""A program that writes a card through every trouble and says all that it may say, for a test that reads it.

`python -m tests.faults.talkative_card FOLDER APPLICATION READER`: logs at the lowest level, prints each trouble with
its traceback as a crash would, and the values that people print when they look for a mistake. Ends when the card is
proved.
"""

import logging
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from sscard_desk.cards import pin_commands
from sscard_desk.cards.identity import identify
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, PinOrder
from sscard_desk.resources import resource
from sscard_desk.store.opening import open_desk
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.resume_card import finish_card
from tests.machines.training_desk import KEY, clerk

TODAY: Final = date(2026, 11, 23)
WRONG_KEY: Final = bytes.fromhex("57524F4E47204B455920464F52204954")
WRONG_PIN: Final = b"730518"
TRIES: Final = 12
WITH_A_WRONG_KEY: Final = (0, 1)
WAIT_S: Final = 10.0
_log: Final = logging.getLogger(__name__)


def main() -> int:
    """Write the card; return 0 once it is proved."""
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    folder, application, name = Path(sys.argv[1]), ApplicationId(sys.argv[2]), sys.argv[3]
    profile = load_profile(resource("card_profiles", "training.toml"))
    wrong = replace(profile, training_keys=dict.fromkeys(profile.training_keys, WRONG_KEY))
    store, reader = open_desk(folder, KEY), PcscCardReader(name, command_s=2.0)
    try:
        for at in range(TRIES):
            keys = TrainingKeys(wrong if at in WITH_A_WRONG_KEY else profile, training=True)
            desk = CardDesk(store, clerk(), reader, keys, profile, TODAY)
            _log.debug("%r %s", keys, profile)
            try:
                finish_card(desk, store.application(application), Cancel(), lambda _: None, wait_s=WAIT_S)
            except DeskError as trouble:
                _tell(trouble)
            if store.application(application).step is Step.CARD_WRITTEN:
                _pin(reader)
                return 0
        return 1
    finally:
        reader.close()
        store.close()


def _pin(reader: PcscCardReader) -> None:
    """Show a wrong PIN to the card."""
    with reader.open(Cancel(), WAIT_S) as channel:
        identity = identify(channel.transmit, channel.atr)
        factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
        _log.debug("%r %r", factors, PinOrder(bytes(5), WRONG_PIN))
        try:
            pin_commands.verify(channel.transmit, WRONG_PIN)
        except DeskError as trouble:
            _tell(trouble)


def _tell(trouble: DeskError) -> None:
    _log.error("%s %r %s", trouble, trouble, trouble.values())
    sys.excepthook(type(trouble), trouble, trouble.__traceback__)


if __name__ == "__main__":
    sys.exit(main())
