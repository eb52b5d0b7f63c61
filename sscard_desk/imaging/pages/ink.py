"""How dark a place is: 0.0 is this paper, 1.0 its darkest print, whatever the scanner made of both."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

PAPER: Final = 90.0
PRINT: Final = 0.3
"""Percentiles of a page's grey values: most of a form is paper, well over a hundredth is black print."""
LEAST_CONTRAST: Final = 40.0


def darkness(picture: NDArray[np.uint8], paper: float, print_: float) -> NDArray[np.float32]:
    """Return the darkness of each pixel, 0.0 to 1.0."""
    span = max(paper - print_, LEAST_CONTRAST)
    return np.asarray(np.clip((paper - picture.astype(np.float32)) / span, 0.0, 1.0), np.float32)


def levels(picture: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the grey of paper and of print; every seventh pixel is looked at."""
    sample = picture[::7, ::7]
    paper, print_ = np.percentile(sample, [PAPER, PRINT])
    return float(paper), float(print_)
