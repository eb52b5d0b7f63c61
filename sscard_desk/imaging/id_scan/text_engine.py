"""Text recognition by RapidOCR (PP-OCRv6 small, ONNX): the only place that knows it; a child process alone loads it."""

import importlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.id_scan import TextReaderMissing

DETECTION: Final = "PP-OCRv6_det_small.onnx"
DIRECTION: Final = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
RECOGNITION: Final = "PP-OCRv6_rec_small.onnx"
LEAST_SCORE: Final = 0.3
"""Weaker lines are noise; what is between this and a sure score is shown as doubtful."""


@dataclass(frozen=True)
class Line:
    """One line of text.

    Attributes:
        text: as recognised, upright whatever its direction.
        score: 0.0 to 1.0.
        box: 4 x 2, pixels: the corners from the upper left one on, clockwise as the picture lies.
    """

    text: str
    score: float
    box: NDArray[np.float32]


def read_lines(picture: NDArray[np.uint8]) -> list[Line]:
    """Return every line of text in a picture.

    Args:
        picture: uint8, height x width x 3, BGR.

    Raises:
        TextReaderMissing: the package or one of its models is not installed.
    """
    found = _engine()(picture)
    if found.boxes is None or not found.txts:
        return []
    return [
        Line(text.strip(), float(score), np.asarray(box, np.float32))
        for text, score, box in zip(found.txts, found.scores, found.boxes, strict=True)
        if text.strip()
    ]


@cache
def _engine() -> Any:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None or find_spec("onnxruntime") is None:
        raise TextReaderMissing
    models = Path(spec.origin).parent / "models"
    # named one by one: a model that is not there would be fetched from the network otherwise
    paths = {part: models / name for part, name in (("Det", DETECTION), ("Cls", DIRECTION), ("Rec", RECOGNITION))}
    if not all(path.is_file() for path in paths.values()):
        raise TextReaderMissing
    importlib.import_module("onnxruntime").disable_telemetry_events()  # builds for Windows send some otherwise
    return importlib.import_module("rapidocr").RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": LEAST_SCORE,
            "Rec.rec_batch_num": 1,
            # the small side is not blown up: the picture comes in the size that suits the type on a card
            "Det.limit_type": "max",
            "Det.limit_side_len": 2000,
            **{f"{part}.model_path": str(path) for part, path in paths.items()},
        }
    )
