"""The neural nets, read once per thread: OpenCV's nets may not be shared between threads."""

import os
import threading

import cv2
import numpy as np

from sscard_desk.domain.errors.store import ShippedFileMissing
from sscard_desk.resources import built

_local = threading.local()

# One core is the window's: with OpenCV on both of a counter's two cores, a key waited for the face to be found.
cv2.setNumThreads(max(1, (os.cpu_count() or 1) - 1))


def net(name: str) -> cv2.dnn.Net:
    """Return this thread's net of one shipped model.

    Args:
        name: file name without `.tflite` in `resources/built/models/`.

    Raises:
        ShippedFileMissing: the model is not there or cannot be read.
    """
    nets: dict[str, cv2.dnn.Net] = _local.__dict__.setdefault("nets", {})
    if name not in nets:
        path = built("models", f"{name}.tflite")
        try:
            # through bytes: OpenCV's own file access fails on Windows paths outside the system's code page
            nets[name] = cv2.dnn.readNetFromTFLite(np.frombuffer(path.read_bytes(), np.uint8))
        except (OSError, cv2.error) as error:
            raise ShippedFileMissing(file=path.name) from error
    return nets[name]
