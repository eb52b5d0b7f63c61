"""Hold a written card against its application once more: every record is read and compared."""

from sscard_desk.cards.authentication import open_for_reading
from sscard_desk.cards.identity import identify
from sscard_desk.cards.plan import plan
from sscard_desk.cards.proof import ItemResult, need_same_card, read_back
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import CardWritten
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse
from sscard_desk.usecases.card_content import card_content
from sscard_desk.usecases.counter import Counter


def prove_card(
    counter: Counter, application: Application, cancel: Cancel, *, wait_s: float = 0.0
) -> tuple[ItemResult, ...]:
    """Read the card in the reader and say for every planned record what stands there.

    Raises:
        StepNotAllowed: no card was begun for this application.
        WrongCardPutBack: another card lies in the reader.
        ForeignCard, CardRefused, NoCard, CardReaderMissing, CardReaderSilent,
        CardServiceStopped: as named.
    """
    run = application.card
    if run is None:
        raise StepNotAllowed(act=CardWritten.kind, step=application.step.value)
    content = card_content(application, run.card_number, run.issue_date, run.valid_until)
    with counter.devices.card_reader.open(cancel, wait_s) as channel:
        identity = identify(channel.transmit, channel.atr)
        need_same_card(identity, run.identification_code)
        factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
        use = KeyUse(KeyAct.PROVE, application.id)
        open_for_reading(
            channel.transmit,
            identity,
            counter.profile,
            lambda key_id, challenge: counter.keys.external_authentication(key_id, factors, challenge, use),
        )
        return read_back(channel.transmit, plan(content, counter.profile, identity.public.spec_version))
