import cv2
import pytest

from sscard_desk.imaging.rules import load_rules
from sscard_desk.resources import built


@pytest.fixture(scope="session")
def rules():
    return load_rules()


@pytest.fixture(scope="session")
def scene():
    """A picture of the training camera by its name."""

    def read(name):
        picture = cv2.imread(str(built("training", "camera", f"{name}.jpg")))
        assert picture is not None, "run tools/build_models.py"
        return picture

    return read
