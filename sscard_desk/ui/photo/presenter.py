"""Step 3: look at the live picture, shoot, choose, adopt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.domain.portrait import ONLY_OF_A_FILE, FrameMeasures, Grade, Portrait, Preview, Verdict
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.photo.rules import count_fits, first_advice, rule_lines
from sscard_desk.ui.photo.state import Live, PhotoState, Shot, Source
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, Mark, PanelLine
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.exempt_photo import can_exempt_photo, exempt_photo
from sscard_desk.usecases.take_back_form import take_back_form

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CAMERA: Final = "camera"
IMAGING: Final = "imaging"
MOST_SHOTS: Final = 6
PREVIEW_WIDTH: Final = 880
LARGEST_FILE: Final = 40_000_000
"""Bytes; a larger file is no photograph of a person."""

T = TypeVar("T")


class View(Protocol):
    """What shows the photo page."""

    def show_state(self, state: PhotoState) -> None:
        """Show it."""


class PhotoPresenter:
    """The photo page."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = PhotoState()
        self._views: list[View] = []
        self._camera: Cancel | None = None
        self._frame: NDArray[np.uint8] | None = None
        self._looking = False
        self._taken = 0
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
            self._shown_for, self._taken = application.id, 0
            self._state = PhotoState(auto=self._state.auto)
        locked = not can_change(application, "photo.attached")
        self._state = replace(
            self._state,
            adopted=application.photo is not None,
            exempt=not locked and not application.photo_settled and can_exempt_photo(application),
            locked=say("photo_page.locked") if locked else "",
            can_unlock=locked and can_void(application),
            busy=False,
        )
        self._refresh()
        if not locked and self._state.source is Source.CAMERA:
            self._start_camera()

    def closed(self) -> None:
        """Another page comes into view: let the camera go, and forget the last frame."""
        if self._camera is not None:
            self._camera.set()
            self._camera = None
        self._frame, self._looking = None, False

    def stop(self) -> bool:
        """Esc: nothing here takes long enough to be stopped."""
        return False

    def go_on(self) -> None:
        """Ctrl+Enter: adopt the chosen shot and go on."""
        shot, application = self._chosen(), self._serving.application
        if shot is None or self._state.locked:
            if self._state.adopted or self._state.locked:
                following = next_open(application)
                self._serving.go(following if following is not Station.PHOTO else Station.FORM)
            return
        if not shot.portrait.acceptable or self._state.busy:
            return
        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(STORE, lambda: self._adopt(application, shot), self._adopted, self._not_adopted)

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
        """F7: make a portrait of the newest frame."""
        frame = self._frame
        if frame is None or not self._may_shoot():
            return
        self._make(frame, Source.CAMERA, None)

    def take_file(self, path: str) -> None:
        """Make a portrait of a picture file."""
        if not self._may_shoot():
            return
        makes = self._serving.counter.portraits
        self._busy()

        def read() -> tuple[bytes, Portrait]:
            original = _read_picture(Path(path))
            return original, makes.make(makes.decode(original))

        self._serving.run(
            IMAGING, read, self._mine(lambda made: self.made(made[1], Source.FILE, made[0])), self._mine(self._not_made)
        )

    def choose(self, number: int) -> None:
        """1-6: choose a shot."""
        if any(shot.number == number for shot in self._state.shots):
            self._state = replace(self._state, chosen=number)
            self._refresh()

    def drop(self) -> None:
        """Del: throw the chosen shot away."""
        left = tuple(shot for shot in self._state.shots if shot.number != self._state.chosen)
        best = next((shot.number for shot in left if shot.mark is Mark.OK), left[0].number if left else 0)
        self._state = replace(self._state, shots=left, chosen=best)
        self._refresh()

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
            self._start_camera()
        self._refresh()

    def again(self) -> None:
        """F5: start the camera again."""
        self.closed()
        self._state = replace(self._state, trouble="", trouble_note="", live=None)
        if not self._state.locked:
            self._start_camera()
        self._refresh()

    def change(self) -> None:
        """Open signed content again."""
        self._serving.ask_to_void("photo")

    # -- the live picture

    def _start_camera(self) -> None:
        if self._camera is not None:
            return
        cancel = self._camera = Cancel()
        camera = self._serving.counter.devices.camera

        def watch() -> None:
            with camera.open() as session:
                while not cancel.is_set():
                    frame = session.frame()
                    self._serving.post(lambda frame=frame: self._arrived(frame, cancel))  # type: ignore[misc]
                    if cancel_wait(cancel):
                        return

        self._serving.run(CAMERA, watch, lambda _: None, lambda error: self._lost(error, cancel), cancel)

    def _arrived(self, frame: "NDArray[np.uint8]", cancel: Cancel) -> None:
        if cancel is not self._camera:
            return
        self._frame = frame
        if self._looking or self._state.busy:
            return  # the imaging lane has not finished the frame before: this one is only kept for a shot
        self._looking = True
        makes = self._serving.counter.portraits

        def look() -> tuple[Preview, FrameMeasures, tuple[Verdict, ...]]:
            measures = makes.measure(frame)
            return makes.preview(frame, PREVIEW_WIDTH, PREVIEW_WIDTH), measures, makes.judge(measures)

        self._serving.run(IMAGING, look, lambda seen: self._seen(*seen, cancel), self._not_seen)

    def _seen(self, preview: Preview, measures: FrameMeasures, verdicts: tuple[Verdict, ...], cancel: Cancel) -> None:
        self._looking = False
        if cancel is not self._camera:
            return
        leaning = next((v.value for v in verdicts if v.rule == "roll" and v.grade is not Grade.FITS), None)
        self.show_live(Live(preview, measures.width, measures.overlay, leaning), verdicts)
        if self._state.auto and not self._state.shots and self._state.advice_mark is Mark.OK:
            self.shoot()

    def show_live(self, live: Live, verdicts: tuple[Verdict, ...]) -> None:
        """Show one frame with what was found in it."""
        verdicts = tuple(verdict for verdict in verdicts if verdict.rule not in ONLY_OF_A_FILE)
        advice, mark = first_advice(verdicts)
        note: Words = ""
        if mark is not Mark.OK:
            note = say("photo_page.note_auto" if self._state.auto else "photo_page.note_now")
        self._state = replace(
            self._state,
            live=live,
            rules=rule_lines(verdicts),
            fits=count_fits(verdicts),
            advice=advice,
            advice_mark=mark,
            advice_note=note,
            trouble="",
            trouble_note="",
        )
        self._show()

    def _not_seen(self, error: DeskError) -> None:
        self._looking = False
        self._serving.tell(error)

    def _lost(self, error: DeskError, cancel: Cancel) -> None:
        if cancel is self._camera:
            self.camera_lost(error)

    def camera_lost(self, error: DeskError) -> None:
        """The camera is missing or went silent."""
        self._camera, self._frame = None, None
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._state = replace(self._state, live=None, trouble=message_of(error), trouble_note=note)
        self._refresh()

    # -- shots

    def _may_shoot(self) -> bool:
        return not self._state.busy and not self._state.locked and len(self._state.shots) < MOST_SHOTS

    def _busy(self) -> None:
        self._state = replace(self._state, busy=True)
        self._refresh()

    def _make(self, frame: "NDArray[np.uint8]", source: Source, original: bytes | None) -> None:
        makes = self._serving.counter.portraits
        self._busy()
        self._serving.run(
            IMAGING,
            lambda: makes.make(frame),
            self._mine(lambda portrait: self.made(portrait, source, original)),
            self._mine(self._not_made),
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
        self._taken += 1
        free = next(n for n in range(1, MOST_SHOTS + 1) if n not in {shot.number for shot in self._state.shots})
        shot = Shot(free, portrait, source, original)
        before = self._chosen()
        better = before is None or (before.mark is not Mark.OK and shot.mark is Mark.OK)
        shots = tuple(sorted((*self._state.shots, shot), key=lambda each: each.number))
        chosen = shot.number if better else self._state.chosen
        self._state = replace(self._state, busy=False, shots=shots, chosen=chosen)
        self._refresh()

    def _not_made(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        self._refresh()
        self._serving.tell(error)

    def _chosen(self) -> Shot | None:
        return next((shot for shot in self._state.shots if shot.number == self._state.chosen), None)

    # -- keeping

    def _adopt(self, application: Application, shot: Shot) -> Application:
        counter = self._serving.counter
        after = attach_photo(
            counter.store,
            counter.session,
            application.id,
            jpeg=shot.portrait.jpeg,
            source=shot.source.value,
            measures=shot.portrait.measures,
            alterations=shot.portrait.alterations,
            original=shot.original,
        )
        if application.step is Step.FORM_RETURNED:
            # the returned form's digest covers the portrait, so it is taken back once more with the new one
            after = take_back_form(counter.store, counter.session, after, {})
        return after

    def _adopted(self, application: Application) -> None:
        self._state = replace(self._state, busy=False, shots=(), chosen=0)
        self._serving.keep(application)

    def _not_adopted(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        self._refresh()
        self._serving.tell(error)

    def _refresh(self) -> None:
        self._state = replace(self._state, action=self._action())
        self._show()
        shot = self._chosen()
        note: Words = (
            say("photo_page.shot_fine" if shot.mark is Mark.OK else "photo_page.shot", number=shot.number)
            if shot
            else ""
        )
        lines: tuple[PanelLine, ...] = ()
        if shot is not None and shot.portrait.acceptable:
            lines = (PanelLine(say("photo_page.not_adopted"), note=say("photo_page.adopt_how"), target="photo"),)
        elif not self._state.adopted:
            lines = (PanelLine(say("missing.todo.photo"), note=say("photo_page.how"), target="photo"),)
        self._serving.describe(Station.PHOTO, missing=lines, note=note)

    def _action(self) -> ActionState:
        state, shot = self._state, self._chosen()
        following = say("shell.next", step=say("steps.form"))
        if state.locked:
            return ActionState(following)
        if shot is None:
            if state.adopted:
                return ActionState(following, reason=say("photo_page.adopted"), reason_mark=Mark.OK)
            return ActionState(
                say("photo_page.adopt"), enabled=False, reason=say("photo_page.reason"), reason_mark=Mark.WARN
            )
        adopt = say("photo_page.adopt_shot", number=shot.number)
        if not shot.portrait.acceptable:
            reason = say("photo_page.reason_refused", rule=shot.words)
            return ActionState(adopt, enabled=False, reason=reason, reason_mark=Mark.ERR)
        if shot.mark is Mark.WARN:
            return ActionState(adopt, reason=say("photo_page.reason_warned", rule=shot.words), reason_mark=Mark.WARN)
        return ActionState(adopt, reason=say("photo_page.fine"), reason_mark=Mark.OK)

    def _show(self) -> None:
        for view in self._views:
            view.show_state(self._state)


def cancel_wait(cancel: Cancel, seconds: float = 0.03) -> bool:
    """Wait for the next frame; return whether the camera is not wanted any more."""
    try:
        cancel.wait(seconds)
    except Cancelled:
        return True
    return False


def _read_picture(path: Path) -> bytes:
    """Read a picture file.

    Raises:
        PictureUnreadable: it cannot be opened, or is far too large for a photograph.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PictureUnreadable
        return path.read_bytes()
    except OSError:
        raise PictureUnreadable from None
