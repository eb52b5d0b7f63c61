"""Random acts over the real encrypted store, beside a model in memory: what is kept is what the domain says."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import OwnApplication, SignatureVoid, StepNotAllowed
from sscard_desk.domain.folding import apply, open_application
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.photo_source import Provenance
from sscard_desk.domain.steps import ENDED, FROM
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from tests.store import _desk as a

DIGESTS = st.sampled_from(["d1", "d2"])
ACTORS = st.sampled_from([a.CLERK, a.SUPERVISOR])
CODES = st.sampled_from([a.CODE, a.CODE[:-1] + "0"])
REASON = st.just("-")

ACTS: st.SearchStrategy[events.Event] = st.one_of(
    st.just(a.BANK),
    st.just(a.PHOTO_ATTACHED),
    st.builds(events.PhotoExempted, reason=REASON),
    st.just(events.PhotoConsented(
        "chip", "1", "en", "w", datetime(2026, 1, 2, tzinfo=UTC), "applicant", "strokes", None
    )),
    st.builds(events.PhotoConsentRevoked, source=st.just("chip"), reason=REASON),
    st.builds(
        events.PhotoAttached, photo=st.just(a.PHOTO), source=st.just("chip"), size=st.just(9),
        provenance=st.none() | st.just(Provenance("reader", issued=date(2026, 1, 2))),
    ),
    st.builds(
        events.FormIssued, edition=st.just("1"), serial=st.just("s"), copy=st.integers(1, 3),
        answers=st.just({"name": a.NAME}), digest=DIGESTS, due=st.none() | st.just(date(2026, 12, 1)),
    ),
    st.builds(events.FormReturned, answers=st.just({}), changes=st.just(()), digest=DIGESTS),
    st.just(a.MATERIALS),
    st.builds(
        events.Signed, party=st.sampled_from(["applicant", "clerk"]), kind_of_signature=st.just("strokes"),
        digest=DIGESTS, evidence=st.none(),
    ),
    st.builds(events.SignaturesVoided, reason=REASON),
    st.builds(events.Approved, digest=DIGESTS, seal=st.binary(max_size=4)),
    st.builds(events.SentBack, reason=REASON, to=st.sampled_from(["form_returned", "materials_checked"])),
    st.builds(events.ApprovalDeferred, reason=REASON),
    st.builds(
        events.CardIntended, identification_code=CODES, card_number=st.just("A"), profile=st.just("t"),
        digest=DIGESTS, items=st.just(()), issue_date=st.just(date(2026, 1, 1)), valid_until=st.just(date(2036, 1, 1)),
    ),
    st.builds(events.CardWritten, identification_code=CODES, digest=DIGESTS, apdus=st.just(1), items=st.just(())),
    st.builds(events.CardSpoiled, identification_code=CODES, reason=REASON),
    st.builds(events.HandedOver),
    st.builds(events.SentToProduction, place=st.just("p")),
    st.builds(events.CardReceived, card_number=st.just("A")),
    st.builds(events.Withdrawn),
    st.builds(events.Refused, reason=REASON),
    st.builds(events.Expired, reason=REASON),
)  # fmt: skip


@dataclass
class Model:
    """What memory says: each application, and how many acts were written."""

    applications: dict[ApplicationId, Application] = field(default_factory=dict)
    acts: dict[ApplicationId, list[str]] = field(default_factory=dict)
    order: list[ApplicationId] = field(default_factory=list)

    def keep(self, after: Application, kind: str) -> None:
        self.applications[after.id] = after
        self.acts.setdefault(after.id, []).append(kind)
        self.order = [one for one in self.order if one != after.id] + [after.id]


class ApplicationMachine(RuleBasedStateMachine):
    """Any act at any time: a legal one is kept in store and model alike, an illegal one leaves both as they were."""

    subjects = Bundle("subjects")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store: DeskStore = a.make_desk(self.folder / "desk")
        self.model = Model()
        self.last: ApplicationId | None = None

    @rule(target=subjects, actor=ACTORS, person=st.sampled_from(["110101199003074530", "110101199003074549"]))
    def open(self, actor: AccountId, person: str) -> ApplicationId:
        subject = a.new_subject()
        with self.store.work(actor) as work:
            event = a.opened(work.next_application_number(), person)
            after = work.record(event, subject=subject)
        self.model.keep(open_application(subject, event, actor), event.kind)
        assert after == self.model.applications[subject]
        return subject

    @rule(subject=subjects, event=ACTS, actor=ACTORS)
    def act(self, subject: ApplicationId, event: events.Event, actor: AccountId) -> None:
        self._act(subject, event, actor)

    @rule(subject=subjects, data=st.data(), actor=ACTORS)
    def act_that_the_step_allows(self, subject: ApplicationId, data: st.DataObject, actor: AccountId) -> None:
        step = self.model.applications[subject].step
        event = data.draw(ACTS.filter(lambda one: step in FROM[one.kind]) if step not in ENDED else ACTS)
        self._act(subject, event, actor)

    def _act(self, subject: ApplicationId, event: events.Event, actor: AccountId) -> None:
        before = self.model.applications[subject]
        self.last = subject
        try:
            expected = apply(before, event, actor)
        except (StepNotAllowed, OwnApplication, SignatureVoid) as refused:
            with pytest.raises(type(refused)), self.store.work(actor) as work:
                work.record(event, subject=subject)
            return
        with self.store.work(actor) as work:
            assert work.record(event, subject=subject) == expected
        self.model.keep(expected, event.kind)

    @precondition(lambda self: self.model.order)
    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = open_desk(self.folder / "desk", a.KEY)
        for subject in self.model.order:
            self.compare(subject)

    def compare(self, subject: ApplicationId) -> None:
        application = self.model.applications[subject]
        assert self.store.application(subject) == application
        assert self.store.find_application(application.number) == application
        assert [line.kind for line in self.store.history(subject)] == self.model.acts[subject]

    @precondition(lambda self: self.last is not None)
    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        assert self.last is not None
        self.compare(self.last)
        assert [one.id for one in self.store.recent(100)] == self.model.order[::-1]
        assert self.store.unsent() == sum(len(kinds) for kinds in self.model.acts.values())

    @invariant()
    def an_open_application_is_found_for_its_person(self) -> None:
        for person in ("110101199003074530", "110101199003074549"):
            still_open = [
                one for one in self.model.order
                if self.model.applications[one].id_number == person
                and self.model.applications[one].step not in ENDED
            ]  # fmt: skip
            found = self.store.open_for(person)
            assert (found.id if found else None) == (still_open[-1] if still_open else None)

    def teardown(self) -> None:
        for subject in self.model.order:
            self.compare(subject)
        found = self.store.verify()
        self.store.close()
        shutil.rmtree(self.folder)
        assert found.sound
        assert found.entries == sum(len(kinds) for kinds in self.model.acts.values())


TestApplicationMachine = ApplicationMachine.TestCase
TestApplicationMachine.settings = settings(
    max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
