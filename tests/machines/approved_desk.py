"""A training desk with one approved application: where the writing of a card begins."""

from pathlib import Path

from sscard_desk.domain.ids import ApplicationId
from tests.machines.training_desk import clerk, supervisor, training_desk


def approved_desk(folder: Path, blanks: int) -> ApplicationId:
    """Make the folder and return the application.

    Args:
        folder: is made.
        blanks: so many of the training stock are received.
    """
    from sscard_desk.usecases.approve import approve
    from tests.usecases.test_counter_operations import at_signed

    store = training_desk(folder, blanks)
    application = approve(store, supervisor(), at_signed(store, clerk()))
    store.close()
    return application.id
