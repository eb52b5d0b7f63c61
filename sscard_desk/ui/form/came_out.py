"""A paper that came out while nobody looked: after a restart its answers are those of the draft. No Qt."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.print_forms import confirmed_bank, registration_came_out
from sscard_desk.usecases.prints import note_state


def came_out_unseen(counter: Counter, record: PrintRecord) -> Application | None:
    """Record that a paper is out; a registration form is issued if the draft still says what stands on it.

    Args:
        counter: the counter.
        record: the print that was completed; runs on a lane.
    """
    store = counter.store
    if record.form != REGISTRATION:
        note_state(store, counter.session, record, PrintState.COMPLETED)
        return None
    application, draft = store.application(record.application), store.draft(record.application)
    bank = confirmed_bank(store, application)
    answers = FormAnswers.begin(
        form_of(store, application, REGISTRATION),
        application,
        record.at.astimezone().date(),
        draft.values if draft is not None else {},
        bank.outlet_name if bank is not None else "",
    )
    return registration_came_out(counter, record, answers.all())[1]
