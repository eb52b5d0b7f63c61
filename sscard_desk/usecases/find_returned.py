"""A form's bar code or QR code is scanned at the counter: which application is it, and did it come back?"""

from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import ApplicationUnknown, FormOfOtherPoint
from sscard_desk.domain.numbers.application_number import parse_application_number
from sscard_desk.domain.numbers.form_serial import FormSerial, parse_form_mark, parse_form_serial
from sscard_desk.ports.store import Store
from sscard_desk.usecases.returned_paper import REGISTRATION_LETTER


@dataclass(frozen=True)
class ScannedForm:
    """The application that a scanned code names.

    Attributes:
        application: whose form.
        serial: which copy of which form.
    """

    application: Application
    serial: FormSerial

    @property
    def returned(self) -> bool:
        """Whether it is the registration form, which the applicant brings back."""
        return is_returned(self.serial)


def is_returned(serial: FormSerial) -> bool:
    """Return whether a paper is a registration form, which the applicant brings back."""
    return serial.letter == REGISTRATION_LETTER


def form_code(code: str) -> FormSerial | None:
    """Return which paper a scanned or typed code stands on, None if it is no form's; a pure look at its characters."""
    try:
        return parse_form_mark(code).serial
    except DeskError:
        pass
    try:
        return parse_form_serial(code)
    except DeskError:
        return None


def find_form(store: Store, serial: FormSerial) -> ScannedForm:
    """Return the application of a paper.

    Raises:
        FormOfOtherPoint: it was printed at another service point.
        ApplicationUnknown: no application has its number here.
    """
    number = str(serial.application)
    try:
        return ScannedForm(store.find_application(number), serial)
    except ApplicationUnknown:
        here = {parse_application_number(each.number).point for each in store.recent(1)}
        if here and serial.application.point not in here:
            raise FormOfOtherPoint(point=serial.application.point) from None
        raise
