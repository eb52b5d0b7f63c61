from itertools import combinations

from PySide6.QtGui import QImage, qGray
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.state_mark import StateMark

SIZE = 24


def greys(mark: Mark) -> list[int]:
    widget = StateMark(mark, SIZE)
    picture: QImage = widget.grab().toImage()
    return [qGray(picture.pixel(x, y)) for x in range(SIZE) for y in range(SIZE)]


def test_every_state_differs_by_shape_even_in_grey(app: QApplication) -> None:
    # thresholded to shape alone: colours and their greys do not count
    shapes = {mark: [value < 200 for value in greys(mark)] for mark in Mark}
    for one, other in combinations(Mark, 2):
        differing = sum(left != right for left, right in zip(shapes[one], shapes[other], strict=True))
        assert differing > 15, (one, other)
