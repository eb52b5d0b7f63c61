"""The number on a pasted receipt is read from its code; our own codes are none."""

import cv2
import numpy as np
import pytest
import zxingcpp

from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.imaging.receipt_codes import receipt_codes


def receipt(*codes: tuple[str, zxingcpp.BarcodeFormat]) -> bytes:
    page = np.full((900, 1000), 246, np.uint8)
    for at, (text, kind) in enumerate(codes):
        made = np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=3))
        top = 40 + 300 * at
        page[top : top + made.shape[0], 60 : 60 + made.shape[1]] = made
    turned = cv2.warpAffine(page, cv2.getRotationMatrix2D((500, 450), 3, 1), (1000, 900), borderValue=246.0)
    return cv2.imencode(".jpg", turned)[1].tobytes()


def test_bar_codes_come_before_square_ones_and_ours_are_left_out() -> None:
    kinds = zxingcpp.BarcodeFormat
    picture = receipt(
        ("https://example.invalid/r?n=XP03074258", kinds.QRCode),
        ("4201-03-26-00123-2-R1", kinds.Code128),
        ("XP03074258", kinds.Code128),
    )
    assert receipt_codes(picture) == ("XP03074258", "https://example.invalid/r?n=XP03074258")


def test_a_receipt_without_a_code_gives_nothing_and_no_picture_is_told() -> None:
    assert receipt_codes(receipt()) == ()
    with pytest.raises(PictureUnreadable):
        receipt_codes(b"no picture")
