"""Step 3: look at the live picture, shoot, choose, adopt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Final, Protocol, TypeVar

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.portrait import Grade, Portrait, Verdict
from sscard_desk.ports.camera import Adjustment
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.photo.action import action_of
from sscard_desk.ui.photo.keeping import adopting, read_picture
from sscard_desk.ui.photo.live_camera import Facts, LiveCamera, Sight
from sscard_desk.ui.photo.saying import missing_lines, shot_note, with_live
from sscard_desk.ui.photo.shots import Shots
from sscard_desk.ui.photo.state import Live, PhotoState, Source
from sscard_desk.ui.photo.steady import Steady
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.voiding import ask_to_void
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import advice_of, message_of, say
from sscard_desk.usecases.exempt_photo import can_exempt_photo, exempt_photo

IMAGING: Final = "imaging"
HEAD_COVERING: Final = "head_covering"
TAKEN_NOW: Final = {"photo_age": 0.0}

T = TypeVar("T")


class View(Protocol):
    """What shows the photo page."""

    def show_state(self, state: PhotoState) -> None:
        """Show it."""


class PhotoPresenter:
    """The photo page."""

    def __init__(self, serving: Serving, now: Callable[[], float] = monotonic) -> None:
        self._serving = serving
        self._state = PhotoState()
        self._views: list[View] = []
        self._camera = LiveCamera(serving, self._seen, self.camera_lost, self.opened_camera)
        self._steady = Steady(now)
        self._shots = Shots()
        self._answers: dict[str, float] = {}
        self._shown_for = ""

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed: start the camera."""
        application = self._serving.application
        if self._shown_for != application.id:
            self._shown_for, self._shots, self._answers = application.id, Shots(), {}
            self._state = PhotoState(auto=self._state.auto)
            self._steady.forget()
        locked = not can_change(application, "photo.attached")
        self._state = replace(
            self._state,
            adopted=application.photo is not None,
            exempt=not locked and not application.photo_settled and can_exempt_photo(application),
            locked=say("photo_page.locked") if locked else "",
            can_unlock=locked and can_void(application),
            busy=False,
        )
        self._camera.resting = False
        self._refresh()
        if not locked and self._state.source is Source.CAMERA:
            self._camera.start()

    def closed(self) -> None:
        """Another page comes into view: let the camera go, and forget the last frame."""
        self._camera.stop()

    def stop(self) -> bool:
        """Esc: nothing here takes long enough to be stopped."""
        return False

    def go_on(self) -> None:
        """Ctrl+Enter: adopt the chosen shot and go on."""
        shot, application = self._shots.chosen, self._serving.application
        if shot is None or self._state.locked:
            if self._state.adopted or self._state.locked:
                following = next_open(application)
                self._serving.go(following if following is not Station.PHOTO else Station.FORM)
            return
        if not shot.portrait.acceptable or shot.portrait.asks or self._state.busy:
            return
        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(STORE, adopting(self._serving.counter, application, shot), self._adopted, self._not_adopted)

    # -- the clerk's words

    def exempt(self) -> None:
        """Go on without a portrait, where the data ask for none."""
        application, counter = self._serving.application, self._serving.counter
        if not self._state.exempt or self._state.busy:
            return
        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(
            STORE, lambda: exempt_photo(counter.store, counter.session, application), self._adopted, self._not_adopted
        )

    def shoot(self) -> None:
        """F7: make a portrait of the newest frame; the frame itself is kept beside it."""
        frame, makes = self._camera.frame, self._serving.counter.portraits
        if frame is not None and self._may_shoot():
            self._make(lambda: (makes.make(frame, TAKEN_NOW), makes.kept(frame)), Source.CAMERA)

    def take_file(self, path: str) -> None:
        """Make a portrait of a picture file."""
        makes, today = self._serving.counter.portraits, self._serving.counter.today()

        def read() -> tuple[Portrait, bytes]:
            original = read_picture(Path(path))
            return makes.make_from_file(original, today), original

        if self._may_shoot():
            self._make(read, Source.FILE)

    def choose(self, number: int) -> None:
        """1-6: choose a shot."""
        self._shots = self._shots.choosing(number)
        self._refresh()

    def drop(self) -> None:
        """Del: throw the chosen shot away."""
        self._shots = self._shots.dropping()
        self._steady.forget()
        self._refresh()

    def answer(self, *, covered: bool) -> None:
        """N, Y: whether the head is covered; it holds for every shot of this application."""
        if not self._state.question or self._state.locked:
            return
        self._answers = {HEAD_COVERING: float(covered)}
        self._shots = self._shots.judged(self._judged)
        self._state = replace(self._state, covered=covered)
        self._refresh()

    def change_camera(self) -> None:
        """C: the next camera of this counter, remembered from now on."""
        self._state = replace(self._state, live=None, trouble="", trouble_note="")
        self._camera.change()
        self._refresh()

    def adjust(self, key: str) -> None:
        """Ask the camera for more or less light, or for the focus."""
        self._camera.adjust(Adjustment(key))

    def set_auto(self, *, auto: bool) -> None:
        """Shoot by itself once all rules fit, or not."""
        self._state = replace(self._state, auto=auto)
        self._refresh()

    def use_source(self, key: str) -> None:
        """Camera or file."""
        source = Source(key)
        self._state = replace(self._state, source=source, live=None, trouble="", trouble_note="")
        self.closed()
        if source is Source.CAMERA and not self._state.locked:
            self._camera.start()
        self._refresh()

    def again(self) -> None:
        """F5: start the camera again."""
        self.closed()
        self._state = replace(self._state, trouble="", trouble_note="", live=None)
        if not self._state.locked:
            self._camera.start()
        self._refresh()

    def change(self) -> None:
        """Open signed content again."""
        ask_to_void(self._serving, "photo")

    # -- the live picture

    def opened_camera(self, facts: Facts) -> None:
        """Say which camera it is and what it allows."""
        self._state = replace(
            self._state, camera_name=facts.name, other_cameras=facts.others, adjustable=facts.adjustable
        )
        self._show()

    def _seen(self, sight: Sight) -> None:
        measures = sight.measures
        leaning = next((v.value for v in sight.verdicts if v.rule == "roll" and v.grade is not Grade.FITS), None)
        self.show_live(Live(sight.preview, measures.width, measures.overlay, leaning), sight.verdicts)
        good = self._state.advice_mark is Mark.OK
        if self._steady.seen(good=good) and self._state.auto and not self._shots.taken:
            self._steady.forget()
            self.shoot()

    def show_live(self, live: Live, verdicts: tuple[Verdict, ...]) -> None:
        """Show one frame with what was found in it."""
        by_itself = self._state.auto and not self._shots.taken
        self._state = with_live(self._state, live, verdicts, by_itself=by_itself)
        self._show()

    def camera_lost(self, error: DeskError) -> None:
        """The camera is missing, went silent, or hangs; it is taken up again by itself."""
        self._steady.forget()
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._state = replace(
            self._state, live=None, rules=(), trouble=message_of(error), trouble_note=note, adjustable=frozenset()
        )
        self._refresh()

    # -- shots

    def _may_shoot(self) -> bool:
        return not self._state.busy and not self._state.locked and not self._shots.full

    def _busy(self, *, busy: bool) -> None:
        self._camera.resting = busy
        self._state = replace(self._state, busy=busy)
        self._refresh()

    def _make(self, work: Callable[[], tuple[Portrait, bytes]], source: Source) -> None:
        self._busy(busy=True)
        self._serving.run(
            IMAGING, work, self._mine(lambda made: self.made(made[0], source, made[1])), self._mine(self._not_made)
        )

    def _mine(self, answer: Callable[[T], None]) -> Callable[[T], None]:
        """Take an answer only while the person is shown for whom it was asked: a face never goes to the next one."""
        asked_for = self._shown_for

        def take(came: T) -> None:
            if self._shown_for == asked_for:
                answer(came)

        return take

    def made(self, portrait: Portrait, source: Source, original: bytes | None) -> None:
        """A shot was made: it is listed, and chosen where it is better than the chosen one."""
        self._shots = self._shots.with_made(self._judged(portrait), source, original)
        if portrait.asks:
            question = next(verdict.advice for verdict in portrait.verdicts if verdict.grade is Grade.ASKS)
            self._state = replace(self._state, question=say(question))
        self._busy(busy=False)

    def _judged(self, portrait: Portrait) -> Portrait:
        return self._serving.counter.portraits.answered(portrait, self._answers) if self._answers else portrait

    def _not_made(self, error: DeskError) -> None:
        self._busy(busy=False)
        self._serving.tell(error)

    # -- keeping

    def _adopted(self, application: Application) -> None:
        self._shots = Shots()
        self._state = replace(self._state, busy=False)
        self._serving.keep(application)

    def _not_adopted(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        self._refresh()
        self._serving.tell(error)

    def _refresh(self) -> None:
        self._state = replace(
            self._state,
            shots=self._shots.taken,
            chosen=self._shots.number,
            action=action_of(self._state, self._shots.chosen),
        )
        self._show()
        shot = self._shots.chosen
        lines = missing_lines(shot, adopted=self._state.adopted)
        self._serving.describe(Station.PHOTO, missing=lines, note=shot_note(shot))

    def _show(self) -> None:
        for view in self._views:
            view.show_state(self._state)
