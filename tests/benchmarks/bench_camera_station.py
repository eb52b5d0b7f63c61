"""The photo station: preview analysis of 1280 x 720, capture to conforming JPEG, memory over 500 captures.

Prints one JSON object. The sitter sways as the training camera shows it, over 36 different frames. Decoding and
painting are not counted. OpenCV gets one thread.
"""

import json
import os
import statistics
import time
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.live import FrameMeter
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import load_rules
from sscard_desk.resources import built

FRAMES_A_SECOND = 25
LIMIT_CORE_SHARE = 0.5
LIMIT_CAPTURE_MS = 300.0
LIMIT_GROWTH_MB = 10.0
FRAMES = 60
SHOTS = 20
CAPTURES = 500
SETTLING = 20
"""Captures before the first look at the memory: models and pools are there by then."""


def frame(name: str = "person-00") -> NDArray[np.uint8]:
    picture = cv2.imread(str(built("training", "camera", f"{name}.jpg")))
    wide = cv2.copyMakeBorder(picture, 0, 0, 160, 160, cv2.BORDER_REPLICATE)
    return np.asarray(wide, np.uint8)


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def main() -> None:
    cv2.setNumThreads(1)
    rules, picture = load_rules(), frame()
    meter, moving = FrameMeter(rules.placement), [frame(f"person-{step:02d}") for step in range(36)]
    meter.measure(moving[0])
    cpu, wall, shots = [], [], []
    for step in range(FRAMES):
        began, used = time.perf_counter(), time.process_time()
        meter.measure(moving[step % len(moving)])
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    for _ in range(SHOTS):
        began = time.perf_counter()
        make_portrait(picture, rules)
        shots.append((time.perf_counter() - began) * 1000)
    frames = [frame(f"person-{step:02d}") for step in range(0, 36, 4)]
    first = 0.0
    for capture in range(CAPTURES + SETTLING):
        if capture == SETTLING:
            first = resident_mb()
        make_portrait(frames[capture % len(frames)], rules)
    print(
        json.dumps(
            {
                "frame": f"{picture.shape[1]}x{picture.shape[0]}",
                "frame_median_ms": round(statistics.median(wall), 1),
                "core_share_at_25_fps": round(statistics.fmean(cpu) * FRAMES_A_SECOND / 1000, 2),
                "limit_core_share": LIMIT_CORE_SHARE,
                "capture_median_ms": round(statistics.median(shots), 1),
                "limit_capture_ms": LIMIT_CAPTURE_MS,
                "captures": CAPTURES,
                "growth_mb": round(resident_mb() - first, 1),
                "limit_growth_mb": LIMIT_GROWTH_MB,
            }
        )
    )


if __name__ == "__main__":
    main()
