"""What desk and centre do not agree on: entries that were not taken, or not folded, forms and staff not believed."""

from collections.abc import Sequence

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.conflicts import AsideEntry, Conflict, Correction, ThreeWay
from sscard_desk.store import acknowledgement, applications, aside, corrections, foreign, refolding, staff
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.form_editions import RefusedEdition, refused
from sscard_desk.store.side import Side
from sscard_desk.store.staff import RefusedStaff


class DisputeSide(Side):
    """The desk's store, as far as something waits for a decision."""

    def set_aside(self) -> Sequence[tuple[int, str, str]]:
        """Return (seq, code, reason) of the entries that the centre did not take."""
        with reading(self._engine) as connection:
            return acknowledgement.set_aside(connection)

    def aside(self) -> Sequence[AsideEntry]:
        """Return what the centre did not take, in order of seq; what was decided and not yet sent is among it."""
        with reading(self._engine) as connection:
            return aside.every(connection)

    def three_way(self, application: ApplicationId, entries: Sequence[int]) -> ThreeWay:
        """Return an application without and with these set-aside entries."""
        with reading(self._engine) as connection:
            return refolding.three_way(connection, application, entries)

    def corrections(self, application: ApplicationId) -> Sequence[Correction]:
        """Return what was asked of the register for an application, oldest first."""
        with reading(self._engine) as connection:
            return corrections.of_application(connection, application)

    def send_again(self, seq: int) -> None:
        """Take an entry off the list set aside, because what kept the centre from taking it was mended."""
        with writing(self._engine) as connection:
            subject = ApplicationId(acknowledgement.send_again(connection, seq))
            if applications.find(connection, subject) is not None:
                refolding.refold(connection, subject, self._facts.service_point)

    def conflicts(self) -> Sequence[Conflict]:
        """Return the entries of other desks that could not be folded into what stands here."""
        with reading(self._engine) as connection:
            return foreign.conflicts(connection)

    def refused_forms(self) -> Sequence[RefusedEdition]:
        """Return the editions of forms that the centre delivered and this desk does not use, with the reason."""
        with reading(self._engine) as connection:
            return refused(connection)

    def refused_staff(self) -> Sequence[RefusedStaff]:
        """Return the rows of the staff list that the centre delivered and this desk does not believe."""
        with reading(self._engine) as connection:
            return staff.refused(connection)
