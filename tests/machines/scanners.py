"""Scanners for tests: private configurations of SANE, and pages that a network scanner's model shows."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.devices.scanner import escl_words as words

Draw = Callable[[words.ScanSettings], bytes]


def sane_folder(folder: Path, *backends: str, escl: str = "") -> dict[str, str]:
    """A configuration of SANE that knows nothing of this computer's scanners."""
    folder.mkdir(exist_ok=True)
    (folder / "dll.conf").write_text("\n".join(backends or ("pnm", "test")) + "\n")
    if escl:
        (folder / "airscan.conf").write_text(f'[devices]\n"Model" = {escl}/, eSCL\n[options]\ndiscovery = disable\n')
    return {"SANE_CONFIG_DIR": str(folder)}


AIRSCAN = "airscan:e0:Model"


def jpeg(picture: NDArray[np.uint8], quality: int = 90) -> bytes:
    done, file = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return bytes(file)


def shade(value: int) -> Draw:
    """A sheet that is grey all over; the resolution and the region are the job's."""

    def draw(settings: words.ScanSettings) -> bytes:
        per_unit = settings.dpi / words.UNITS_PER_INCH
        size = (round(settings.height * per_unit), round(settings.width * per_unit))
        shape = size if settings.mode == words.GREY else (*size, 3)
        return jpeg(np.full(shape, value, np.uint8))

    return draw
