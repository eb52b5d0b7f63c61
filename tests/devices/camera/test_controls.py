"""Exposure and focus, on a model of the properties that drivers of the USB video class show (UVC 1.5, 4.2.2.1)."""

import cv2
import pytest

from sscard_desk.devices.camera.controls import AUTOMATIC, MANUAL, adjust, adjustable, stepped
from sscard_desk.ports.camera import Adjustment


class Properties:
    """A camera that keeps what it is told, as far as it knows the property; exposure can be set by hand only."""

    def __init__(self, exposure=None, *, automatic=True, focus=True):
        self.values = {}
        if exposure is not None:
            self.values[cv2.CAP_PROP_EXPOSURE] = exposure
            if automatic:
                self.values[cv2.CAP_PROP_AUTO_EXPOSURE] = AUTOMATIC
        if focus:
            self.values[cv2.CAP_PROP_AUTOFOCUS] = 0
        self.searches = 0

    def get(self, name):
        return float(self.values.get(name, -1.0))

    def set(self, name, value):
        if name not in self.values:
            return False
        if name == cv2.CAP_PROP_AUTOFOCUS and value > self.values[name]:
            self.searches += 1
        if name == cv2.CAP_PROP_EXPOSURE and self.values.get(cv2.CAP_PROP_AUTO_EXPOSURE) == AUTOMATIC:
            return value == self.values[name]
        self.values[name] = value
        return True


@pytest.mark.parametrize("exposure", [157.0, -6.0], ids=["counts time", "counts its logarithm"])
def test_lighter_and_darker_take_over_from_the_automatic_which_can_be_had_back(exposure):
    camera = Properties(exposure)
    assert adjustable(camera) == set(Adjustment)
    adjust(camera, Adjustment.LIGHTER)
    assert camera.values[cv2.CAP_PROP_EXPOSURE] > exposure
    assert camera.values[cv2.CAP_PROP_AUTO_EXPOSURE] == MANUAL
    adjust(camera, Adjustment.DARKER)
    adjust(camera, Adjustment.DARKER)
    assert camera.values[cv2.CAP_PROP_EXPOSURE] < exposure
    adjust(camera, Adjustment.AUTOMATIC)
    assert camera.values[cv2.CAP_PROP_AUTO_EXPOSURE] == AUTOMATIC


def test_focus_is_looked_for_anew_each_time():
    camera = Properties()
    assert adjustable(camera) == {Adjustment.FOCUS}
    before = camera.searches
    adjust(camera, Adjustment.FOCUS)
    adjust(camera, Adjustment.FOCUS)
    assert camera.searches == before + 2


def test_a_camera_that_knows_neither_offers_neither():
    assert adjustable(Properties(focus=False)) == frozenset()


@pytest.mark.parametrize("exposure", [1.0, 2.0, 3.0, 157.0, -1.0, -13.0])
def test_each_step_moves(exposure):
    assert stepped(exposure, lighter=True) > exposure
    assert stepped(exposure, lighter=False) < exposure or exposure == 1.0
