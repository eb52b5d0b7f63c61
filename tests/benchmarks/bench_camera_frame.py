"""How long one live camera frame takes to be measured, on one core: prints one JSON object beside the limit."""

import json
import statistics
import time

import cv2

from sscard_desk.imaging.measures import measure_frame
from sscard_desk.imaging.rules import load_rules
from sscard_desk.resources import built

LIMIT_MS = 25.0
FRAMES = 60
SIZE = (640, 480)


def main() -> None:
    """Measure the training picture again and again; the first frames, which load the models, are told apart."""
    cv2.setNumThreads(1)
    frame = cv2.resize(cv2.imread(str(built("training", "camera", "person-00.jpg"))), SIZE)
    placement = load_rules().placement
    begun = time.perf_counter()
    measure_frame(frame, placement)
    first = (time.perf_counter() - begun) * 1000
    wall, cpu = [], []
    for _ in range(FRAMES):
        began, used = time.perf_counter(), time.process_time()
        found = measure_frame(frame, placement)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    print(
        json.dumps(
            {
                "frame": f"{SIZE[0]}x{SIZE[1]}",
                "faces": found.faces,
                "first_ms": round(first, 1),
                "median_ms": round(statistics.median(wall), 1),
                "median_cpu_ms": round(statistics.median(cpu), 1),
                "limit_ms": LIMIT_MS,
                "frames": FRAMES,
            }
        )
    )


if __name__ == "__main__":
    main()
