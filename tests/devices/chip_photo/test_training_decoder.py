"""The training chip goes the way of a vendor's library: 1,024 bytes to a child process, 102 x 126 px back."""

import cv2
import numpy as np
import pytest

from sscard_desk.devices.chip_photo.decoder import TrainingDecoder
from sscard_desk.domain.errors.photo_sources import ChipDecoderNonsense
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.training_wlt import HEIGHT, WIDTH, encode
from sscard_desk.resources import built


def test_the_training_portrait_survives_the_chip() -> None:
    picture = decode_picture((built("training", "camera") / "person-00.jpg").read_bytes())
    wlt = encode(picture)
    decoder = TrainingDecoder(seconds=30)
    try:
        came = decode_picture(decoder.decode(wlt))
        with pytest.raises(ChipDecoderNonsense):
            decoder.decode(bytes(range(256)) * 4)  # what a genuine chip holds carries no mark
        with pytest.raises(ChipDecoderNonsense):
            decoder.decode(wlt[:12] + bytes(1012))
    finally:
        decoder.close()
    assert came.shape == (HEIGHT, WIDTH, 3)
    whole = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    assert abs(float(np.mean(came)) - float(np.mean(whole))) < 60
