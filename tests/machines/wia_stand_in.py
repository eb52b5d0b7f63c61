"""Stands in for the script that Windows runs: the same question, the same frames, with the modelled scanner behind it.

Called as `python wia_stand_in.py ADDRESS [FAULT]`; what the model says by eSCL is said as a result of WIA.
"""

import base64
import json
import os
import sys
import time

import cv2
import numpy as np

from sscard_desk.devices.scanner.escl import EsclScanner
from sscard_desk.devices.scanner.wia_words import RESULTS
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannedPageEmpty, ScannerMissing
from sscard_desk.domain.errors.scanning import ScannerCannot
from sscard_desk.ports.devices import Cancel, Health
from sscard_desk.ports.scanner import Colour, ScanOrder, Source

DEVICE = "{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0001"
NAME = "训练扫描仪"


def say(line: str, content: bytes = b"") -> None:
    sys.stdout.buffer.write(line.encode("ascii") + b"\n" + content)
    sys.stdout.buffer.flush()


def bmp(file: bytes) -> bytes:
    picture = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return cv2.imencode(".bmp", picture)[1].tobytes()


def scan(asked: dict[str, object], scanner: EsclScanner, fault: str) -> None:
    order = ScanOrder(
        Source(str(asked["source"])),
        int(str(asked["dpi"])),
        Colour.COLOUR if asked["colour"] else Colour.GREY,
        float(str(asked["width"])),
        float(str(asked["height"])),
    )
    for page in scanner.pages(order, Cancel()):
        content = bmp(page.content)
        say(f"PAGE {page.dpi:.0f} {len(content)}", content[: len(content) // 2] if fault == "cut" else content)
        if fault == "cut":
            return
    say("END")


def misbehave(fault: str) -> bool:
    """Do what a fault does; return whether that was all."""
    if fault == "hang":
        time.sleep(60)
    elif fault == "crash":
        os.abort()
    elif fault == "nonsense":
        say("Ausnahme beim Aufrufen")
    elif fault.startswith("8"):
        say(f"PROBLEM {fault}")
    return fault not in {"", "cut"}


def main(address: str, fault: str) -> None:
    asked = json.loads(sys.stdin.readline())
    if misbehave(fault):
        return
    scanner = EsclScanner(address, ScanOrder(dpi=75))
    if asked["act"] == "list":
        if scanner.probe().health is not Health.OFF:
            name, key = (base64.b64encode(text.encode()).decode() for text in (NAME, DEVICE))
            say(f"DEVICE {key} {name}")
        say("END")
        return
    try:
        scan(asked, scanner, fault)
    except ScannedPageEmpty:
        say("PAGE 75 0")
    except ScannerMissing:
        say("PROBLEM 80210015")
    except ScannerCannot as lacks:
        say(f"LACKS {lacks.what}")
    except DeskError as error:
        say("PROBLEM " + next((result for result, kind in RESULTS.items() if kind is type(error)), "80004005"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
