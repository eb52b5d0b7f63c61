"""How long the longest answer of an id reader takes to become a card: prints one JSON object with the limit.

Run it as `python -m tests.benchmarks.bench_id_frame`. Measured are 1295 bytes in one piece and byte by byte (as bad as
a line can cut them), from the first byte to the `IdCard`; processor time of this one thread, so one core.
"""

import json
import statistics
import sys
import time

from sscard_desk.devices.id_reader.base_message import parse_base_message
from sscard_desk.devices.id_reader.frame import Command, FrameReader, command_frame
from sscard_desk.devices.id_reader.simulated_sam import SimulatedSam
from sscard_desk.domain.id_card import IdCard
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons

LIMIT_MS = 25.0
ROUNDS = 200
FRAME_BYTES = 1295


def frame_of(card: IdCard) -> bytes:
    sam = SimulatedSam()
    sam.lay_card(card)
    return [sam.reply(command_frame(c)).data for c in (Command.FIND, Command.SELECT, Command.READ)][-1]


def analyse(chunks: list[bytes]) -> IdCard | None:
    reader = FrameReader()
    for chunk in chunks:
        for answer in reader.feed(chunk):
            return parse_base_message(answer.data)
    return None


def milliseconds(chunks: list[bytes], card: IdCard) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        began = time.thread_time_ns()
        read = analyse(chunks)
        taken.append((time.thread_time_ns() - began) / 1e6)
        assert read == card
    return sorted(taken)


def main() -> None:
    card = id_card_of(next(persons(1)))
    frame = frame_of(card)
    assert len(frame) == FRAME_BYTES
    result: dict[str, object] = {"bytes": len(frame), "rounds": ROUNDS, "limit_ms": LIMIT_MS}
    for name, chunks in (("whole", [frame]), ("byte_by_byte", [frame[at : at + 1] for at in range(len(frame))])):
        taken = milliseconds(chunks, card)
        result[f"{name}_ms"] = {"median": round(statistics.median(taken), 4), "p99": round(taken[-ROUNDS // 100], 4)}
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
