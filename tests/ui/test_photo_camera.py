"""The photo page with a camera: it shoots by itself, asks what only a clerk can see, and never gives the camera up."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.device import CameraFrozen
from sscard_desk.domain.portrait import Portrait, Verdict
from sscard_desk.ports.camera import Adjustment
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo.live_camera import Facts, Sight
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.state import PhotoState, Source
from sscard_desk.ui.photo.steady import Steady
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.portraits import OVERLAY, QUESTION, frame, portrait_jpeg, preview_of, verdicts
from sscard_desk.ui.states import Mark
from tests.ui.letting_work import let_work


@pytest.fixture
def desk(app: QApplication) -> Iterator[SampleDesk]:
    made = SampleDesk()
    made.until(Station.PHOTO)
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    let_work()
    yield made
    made.shell.hide()


@pytest.fixture
def page(desk: SampleDesk) -> PhotoPresenter:
    return desk.pages.photo


def view(desk: SampleDesk) -> PhotoView:
    found = desk.shell.findChild(PhotoView)
    assert isinstance(found, PhotoView)
    return found


def state(desk: SampleDesk) -> PhotoState:
    return view(desk)._state


def press(desk: SampleDesk, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or view(desk), key)
    let_work()


def sight(desk: SampleDesk, *found: Verdict) -> Sight:
    image = frame()
    return Sight(preview_of(image), desk.counter.portraits.measure(pixels(desk)), (*(found or verdicts()), QUESTION))


def pixels(desk: SampleDesk):
    return desk.counter.portraits.decode(portrait_jpeg())


def shot(page: PhotoPresenter, *found: Verdict) -> None:
    page.made(Portrait(portrait_jpeg(), {}, (*(found or verdicts()), QUESTION)), Source.CAMERA, b"frame")


def test_half_a_second_without_a_break_is_steady() -> None:
    at = [0.0]
    steady = Steady(lambda: at[0])
    said = []
    for moment, good in ((0.0, True), (0.4, True), (0.45, False), (0.5, True), (0.9, True), (1.0, True), (1.1, True)):
        at[0] = moment
        said.append(steady.seen(good=good))
    assert said == [False, False, False, False, False, True, True]


def test_it_shoots_once_by_itself_when_all_lights_are_green_for_half_a_second(desk: SampleDesk) -> None:
    at = [0.0]
    page = PhotoPresenter(desk.serving, now=lambda: at[0])
    page.attach(view(desk))
    page.opened()
    page._camera.frame = pixels(desk)
    for moment in (0.0, 0.2, 0.4):
        at[0] = moment
        page._seen(sight(desk))
    assert state(desk).shots == ()
    at[0] = 0.6
    page._seen(sight(desk))
    assert [taken.source for taken in state(desk).shots] == [Source.CAMERA]
    at[0] = 5.0
    page._seen(sight(desk))
    assert len(state(desk).shots) == 1


def test_it_does_not_shoot_by_itself_where_the_clerk_does_not_want_it(desk: SampleDesk) -> None:
    at = [0.0]
    page = PhotoPresenter(desk.serving, now=lambda: at[0])
    page.attach(view(desk))
    page.opened()
    page.set_auto(auto=False)
    page._camera.frame = pixels(desk)
    for moment in (0.0, 3.0):
        at[0] = moment
        page._seen(sight(desk))
    assert state(desk).shots == ()
    page.shoot()
    assert len(state(desk).shots) == 1


def test_a_shot_waits_for_the_answer_that_only_a_clerk_can_give(desk: SampleDesk, page: PhotoPresenter) -> None:
    shot(page)
    page.go_on()
    assert desk.serving.application.photo is None
    assert not state(desk).action.enabled
    press(desk, Qt.Key.Key_N)
    assert state(desk).covered is False
    assert state(desk).action.enabled
    page.go_on()
    assert desk.serving.application.photo is not None
    assert desk.serving.here is Station.FORM


def test_a_covered_head_is_a_warning_for_every_shot_and_can_be_corrected(
    desk: SampleDesk, page: PhotoPresenter
) -> None:
    shot(page)
    press(desk, Qt.Key.Key_Y)
    shot(page)
    assert [taken.mark for taken in state(desk).shots] == [Mark.WARN, Mark.WARN]
    press(desk, Qt.Key.Key_N)
    assert [taken.mark for taken in state(desk).shots] == [Mark.OK, Mark.OK]
    assert state(desk).shots[0].portrait.measures["head_covering"] == 0.0


def test_up_to_six_shots_are_kept_and_chosen_by_their_digit(desk: SampleDesk, page: PhotoPresenter) -> None:
    for _ in range(6):
        shot(page)
    page._camera.frame = pixels(desk)
    page.shoot()
    assert len(state(desk).shots) == 6
    press(desk, Qt.Key.Key_5)
    assert state(desk).chosen == 5
    press(desk, Qt.Key.Key_Delete)
    assert [taken.number for taken in state(desk).shots] == [1, 2, 3, 4, 6]
    shot(page)
    assert [taken.number for taken in state(desk).shots] == [1, 2, 3, 4, 5, 6]


def test_the_next_camera_is_used_by_one_key_and_named(desk: SampleDesk, page: PhotoPresenter) -> None:
    page.opened_camera(Facts("Logitech C920", others=True))
    page._camera._choices = desk.counter.devices.camera.choices()
    page._camera._chosen = "front"
    desk.runner.asleep = frozenset()
    page._camera.start = lambda: None  # type: ignore[method-assign] # the sample camera is never there
    press(desk, Qt.Key.Key_C)
    assert desk.counter.devices.camera.chosen() == "desk"


def test_what_a_camera_allows_has_a_key_and_nothing_else_does(desk: SampleDesk, page: PhotoPresenter) -> None:
    asked: list[Adjustment] = []
    page._camera.adjust = asked.append  # type: ignore[method-assign] # stands in for it
    page.opened_camera(Facts("fixed"))
    press(desk, Qt.Key.Key_L)
    assert asked == []
    page.opened_camera(Facts("C920", adjustable=frozenset(Adjustment)))
    for key in (Qt.Key.Key_L, Qt.Key.Key_D, Qt.Key.Key_0, Qt.Key.Key_F):
        press(desk, key)
    assert asked == [Adjustment.LIGHTER, Adjustment.DARKER, Adjustment.AUTOMATIC, Adjustment.FOCUS]


def test_the_banner_says_the_rule_its_value_and_its_limit(desk: SampleDesk, page: PhotoPresenter) -> None:
    page._seen(sight(desk, *verdicts(roll=4.2)))
    said = view(desk)._advice
    assert "4.2° > 3°" in said._note.text()
    assert state(desk).advice_mark is Mark.WARN


def test_a_frozen_camera_is_told_with_its_code_and_no_old_picture_stays(desk: SampleDesk, page: PhotoPresenter) -> None:
    page._seen(sight(desk))
    page.camera_lost(CameraFrozen())
    assert state(desk).live is None
    assert "E331" in view(desk)._advice._note.text()
    page._seen(sight(desk))
    assert not state(desk).trouble
    assert state(desk).live is not None
    assert state(desk).live.overlay == OVERLAY
