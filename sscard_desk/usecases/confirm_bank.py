"""The confirmation form: the applicant chooses the card-issuing bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.domain.events import BankConfirmed
from sscard_desk.domain.ids import BlobId
from sscard_desk.forms.banks import BankList
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store, UnitOfWork
from sscard_desk.usecases.bank_list import bank_list
from sscard_desk.usecases.form_of import CONFIRMATION, form_of
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.recording import record_in


@dataclass(frozen=True)
class Bank:
    """A card-issuing bank with the outlet that serves this point."""

    code: str
    name: str
    outlet: str
    outlet_name: str
    hint: str


def banks(store: Store) -> Sequence[Bank]:
    """Return the banks that the centre lists for this service point, in its order.

    A bank whose serving outlet was closed comes with its next open one, or with none.
    """
    listed = bank_list(store)
    return [_bank(row, listed) for row in store.reference("bank")] if listed is not None else []


def _bank(row: Mapping[str, str], listed: BankList) -> Bank:
    named = listed.outlets.get(row.get("outlet", ""))
    if named is None or not named.closed:
        outlet, name = row.get("outlet", ""), row.get("outlet_name", "")
    else:
        following = next(iter(listed.open_outlets(row["code"])), None)
        outlet, name = (following.code, following.name) if following else ("", "")
    return Bank(row["code"], row["name"], outlet, name, row.get("hint", "") if outlet == row.get("outlet", "") else "")


def confirmation_answers(application: Application, bank: Bank) -> dict[str, str]:
    """Return what the confirmation form says with this bank."""
    return application.answers | {
        "document_kind": application.document_kind,
        "bank": bank.code,
        "bank_name": bank.name,
        "outlet": bank.outlet,
        "outlet_name": bank.outlet_name,
    }


def confirmation_paper(press: Press, application: Application, bank: Bank, copy: int = 1) -> bytes:
    """Draw the confirmation form with the chosen bank, as PDF."""
    answers = confirmation_answers(application, bank)
    serial = f"{application.number}-C{copy}"
    return press.draw(form_of(press.store, application, CONFIRMATION), application, answers, copy=copy, serial=serial)


def confirm_bank(
    store: Store, session: Session, application: Application, bank_code: str, pdf: bytes, *, copy: int = 1
) -> Application:
    """Keep the choice and the paper that the applicant saw.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: before its signatures.
        bank_code: the chosen bank.
        pdf: the confirmation form as it was shown.
        copy: which copy that was.

    Raises:
        UnknownCode: the bank is not on the centre's list.
        StepNotAllowed: the form is signed already.
    """
    bank = next((b for b in banks(store) if b.code == bank_code), None)
    if bank is None:
        raise UnknownCode(table="bank", value=bank_code)
    with store.work(session.account) as work:
        return confirm_in(work, application, bank, paper=work.put_blob(pdf), copy=copy)


def confirm_in(
    work: UnitOfWork, application: Application, bank: Bank, *, paper: BlobId | None, copy: int
) -> Application:
    """Confirm the bank in a running transaction; raises as `confirm_bank` does."""
    return record_in(
        work,
        BankConfirmed(
            bank=bank.code,
            bank_name=bank.name,
            outlet=bank.outlet,
            edition=form_of(work, application, CONFIRMATION).edition,
            serial=f"{application.number}-C{copy}",
            paper=paper,
            outlet_name=bank.outlet_name,
        ),
        application.id,
    )
