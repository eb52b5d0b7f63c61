"""What is read when a form opens; runs on the store's lane."""

from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.forms.banks import BankList
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.usecases.bank_list import bank_list
from sscard_desk.usecases.confirm_bank import banks
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.name_on_card import proposed_name
from sscard_desk.usecases.print_forms import confirmation_is_out


@dataclass(frozen=True)
class Beginning:
    """What a form opens with.

    Attributes:
        definition: the form in the application's edition.
        outlet_name: of the chosen bank.
        both: whether the confirmation form is still to be printed with it.
        listed: the centre's banks and outlets.
        proposed: a spelling for the card where no card holds the name, empty otherwise.
    """

    definition: FormDefinition
    outlet_name: str
    both: bool
    listed: BankList | None
    proposed: str


def begin(counter: Counter, application: Application) -> Beginning:
    """Read what the form of an application opens with."""
    store = counter.store
    definition = form_of(store, application, REGISTRATION)
    return Beginning(
        definition,
        outlet_name=next((bank.outlet_name for bank in banks(store) if bank.code == application.bank), ""),
        both=bool(application.bank) and not confirmation_is_out(store, application),
        listed=bank_list(store),
        proposed=proposed_name(application.name, definition, counter.names),
    )
