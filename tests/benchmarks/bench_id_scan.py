"""Reading a scanned id card in its own process: prints one JSON object beside the recognition alone.

Run it as `python -m tests.benchmarks.bench_id_scan`. The peer is the recognition library called on the same picture in
a process that does nothing else, so what stands beside it is our share: finding the card, checks, cut-outs, the pipe.
"""

import io
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image

from sscard_desk.bootstrap.id_scans import ROOM
from sscard_desk.devices.process_memory import peak_rss_mb
from sscard_desk.imaging.id_scan.reader import ChildIdScanReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.training import id_card_pictures as specimens
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons

ROUNDS = 5
IDLE_S = 0.5
PEER = """
import io, json, sys, time
import numpy as np
from PIL import Image
from sscard_desk.imaging.id_scan.text_engine import read_lines
picture = np.asarray(Image.open(io.BytesIO(sys.stdin.buffer.read())).convert("RGB"))[:, :, ::-1].copy()
read_lines(picture)
taken = []
for _ in range(5):
    began = time.perf_counter()
    read_lines(picture)
    taken.append(time.perf_counter() - began)
print(json.dumps(sorted(taken)[2] * 1000))
"""


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def child_peak_mb(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024, 1)


def milliseconds(reader: ChildIdScanReader, content: bytes) -> float:
    began = time.perf_counter()
    reader.read([content], Cancel())
    return (time.perf_counter() - began) * 1000


def main() -> None:
    card = id_card_of(list(persons(6))[5])
    front, back = specimens.front(card), specimens.back(card)
    pictures = {
        "card_300dpi": png(front),
        "card_turned": png(specimens.turned(front, 90)),
        "both_sides_on_a4_300dpi": png(specimens.on_page(front, back)),
    }
    before_mb = peak_rss_mb()
    reader = ChildIdScanReader(ROOM, idle_s=60.0)
    first = milliseconds(reader, pictures["card_300dpi"])
    result: dict[str, object] = {"rounds": ROUNDS, "first_scan_with_start_ms": round(first)}
    for name, content in pictures.items():
        result[f"{name}_ms"] = round(statistics.median(milliseconds(reader, content) for _ in range(ROUNDS)))
    peer = subprocess.run(
        [sys.executable, "-c", PEER], input=pictures["card_300dpi"], capture_output=True, check=True
    ).stdout
    result["recognition_alone_card_300dpi_ms"] = round(json.loads(peer))
    result["child_peak_mb"] = child_peak_mb(reader.process_id or 0)
    result["desk_grew_mb"] = round(peak_rss_mb() - before_mb, 1)
    reader.close()
    brief = ChildIdScanReader(ROOM, idle_s=IDLE_S)
    milliseconds(brief, pictures["card_300dpi"])
    began = time.perf_counter()
    while brief.process_id is not None:
        time.sleep(0.005)
    result["idle_setting_s"] = IDLE_S
    result["ended_after_s"] = round(time.perf_counter() - began, 2)
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
