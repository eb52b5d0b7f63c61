"""Which edition of a form holds: those that came with the program, and those that the centre delivered since.

An application keeps the edition that it began with, for as long as it lives: what was signed is what is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sscard_desk.domain.errors.operator import EditionUnknown
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import EditionFiles, load_form, read_delivered, shipped_editions, shipped_forms


class Deliveries(Protocol):
    """The editions that the centre delivered and that were found whole; the desk's store keeps them."""

    def editions(self, form: str) -> Sequence[tuple[str, bool]]:
        """Return (edition, whether the centre withdrew it) of a form, in the order in which they came."""

    def files(self, form: str, edition: str) -> EditionFiles | None:
        """Return the files of an edition, None if it never came."""


class NoDeliveries:
    """A desk that heard nothing from a centre."""

    def editions(self, form: str) -> Sequence[tuple[str, bool]]:
        """Return none."""
        del form
        return ()

    def files(self, form: str, edition: str) -> EditionFiles | None:
        """Return None."""
        del form, edition
        return None


@dataclass(frozen=True)
class Editions:
    """All editions of all forms that this desk can open.

    Attributes:
        deliveries: what came through the feed.
    """

    deliveries: Deliveries = field(default_factory=NoDeliveries)
    _read: dict[tuple[str, str], FormDefinition] = field(default_factory=dict, repr=False, compare=False)

    def of(self, form: str, edition: str) -> FormDefinition:
        """Return a form in one edition, also where it holds no more or was withdrawn.

        Args:
            form: folder name, for example `registration`.
            edition: as applications keep it; empty for the one that came with the program.

        Raises:
            EditionUnknown: it is not here: another desk has it, and this one did not hear of it yet.
        """
        if not edition or edition in shipped_editions(form):
            return load_form(form, edition)
        known = self._read.get((form, edition))
        if known is None:
            files = self.deliveries.files(form, edition)
            if files is None:
                raise EditionUnknown(form=form, edition=edition)
            known = self._read[form, edition] = read_delivered(form, files)
        return known

    def current(self, form: str, day: date) -> FormDefinition:
        """Return the edition that applications take which begin on a day.

        Of those that hold on that day the one that began last; where two began on the same day, the delivered one.
        Where none holds it is the one that came with the program.
        """
        shipped = [load_form(form, edition) for edition in shipped_editions(form)]
        came = [edition for edition, withdrawn in self.deliveries.editions(form) if not withdrawn]
        delivered = [self.of(form, edition) for edition in came]
        holding = [each for each in (*shipped, *delivered) if each.holds_on(day)]
        newest = max((each.valid_from for each in holding), default=None)
        return next((each for each in reversed(holding) if each.valid_from == newest), shipped[-1])

    def forms(self) -> tuple[str, ...]:
        """Return the names of all forms."""
        return shipped_forms()
