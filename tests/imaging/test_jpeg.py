import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscard_desk.domain.errors.operator import PhotoSizeUnreachable
from sscard_desk.imaging import jpeg
from sscard_desk.imaging.rules import FileLimits

LIMITS = FileLimits(minimum=14336, maximum=40000, first_quality=70, lowest_quality=40)


def noise(seed, roughness, contrast):
    """A picture of the portrait's size: noise of a chosen grain, from a plain wall to television snow."""
    random = np.random.default_rng(seed)
    small = random.normal(128, contrast, (max(2, 441 // roughness), max(2, 358 // roughness), 3))
    return cv2.resize(small.clip(0, 255).astype(np.uint8), (358, 441), interpolation=cv2.INTER_CUBIC)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), roughness=st.integers(1, 60), contrast=st.floats(0, 90))
def test_the_file_is_inside_the_limits_or_the_error_says_what_could_be_had(seed, roughness, contrast):
    picture = noise(seed, roughness, contrast)
    sizes = [len(jpeg.encode(picture, quality, 350)) for quality in (40, 70, 100)]
    if sizes[0] > LIMITS.maximum or sizes[2] < LIMITS.minimum:
        with pytest.raises(PhotoSizeUnreachable) as caught:
            jpeg.fit(picture, LIMITS, 350)
        assert caught.value.largest < LIMITS.minimum or caught.value.smallest > LIMITS.maximum
        return
    file = jpeg.fit(picture, LIMITS, 350)
    assert LIMITS.minimum <= len(file) <= LIMITS.maximum
    assert cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR).shape == picture.shape


def test_the_preferred_quality_is_kept_when_its_size_fits(scene):
    picture = scene("person-00")[80:521, 300:658]
    assert jpeg.fit(picture, LIMITS, 350) == jpeg.encode(picture, 70, 350)


def test_a_rich_picture_gets_the_best_quality_that_fits():
    picture = noise(1, 3, 60)
    file = jpeg.fit(picture, FileLimits(1000, 20000, 70, 1), 350)
    qualities = [quality for quality in range(1, 101) if jpeg.encode(picture, quality, 350) == file]
    assert qualities
    assert all(len(jpeg.encode(picture, quality, 350)) > 20000 for quality in range(qualities[-1] + 1, 70))


def test_a_plain_picture_gets_more_quality_until_the_file_is_large_enough():
    picture = noise(1, 8, 30)
    at_70 = len(jpeg.encode(picture, 70, 350))
    file = jpeg.fit(picture, FileLimits(at_70 + 1, at_70 * 3, 70, 40), 350)
    assert at_70 < len(file) <= at_70 * 3


@pytest.mark.parametrize("picture", [np.full((441, 358, 3), 255, np.uint8), noise(5, 1, 90)], ids=["white", "snow"])
def test_a_size_out_of_reach_is_told(picture):
    with pytest.raises(PhotoSizeUnreachable):
        jpeg.fit(picture, LIMITS, 350)


def test_the_file_says_350_dpi():
    file = jpeg.encode(noise(1, 8, 30), 70, 350)
    assert file[6:11] == b"JFIF\x00"
    assert file[13] == 1  # dots per inch
    assert int.from_bytes(file[14:16], "big") == int.from_bytes(file[16:18], "big") == 350
