"""A class of 500: its list and 500 registration forms in one document each, in pages a second beside a plain canvas.

Run it as `python -m tests.benchmarks.bench_class_papers`.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from PIL import Image

from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form
from sscard_desk.paper import Batch, Copy, PaperFacts, draw_many, prepare
from sscard_desk.paper.plan import table_of
from tests.benchmarks.bare_reportlab import Bare, Page, recording
from tests.benchmarks.bench_paper import ANSWERS
from tests.paper.samples import ANSWERS as PAPERS
from tests.paper.samples import RARE, pupils

LEAST_PAGES = 200.0
LEAST_OF_PEER = 0.7


def photos() -> list[bytes]:
    """Return 25 JPEGs of the card's size and of 14 to 40 KB, as photo rules ask."""
    made = []
    for number in range(25):
        target = io.BytesIO()
        Image.effect_noise((358, 441), 8 + number / 10).convert("RGB").save(target, "JPEG", quality=60)
        made.append(target.getvalue())
    return made


def facts(serial: str, number: str, photo: bytes | None = None) -> PaperFacts:
    return PaperFacts(
        application_no=number,
        serial=serial,
        copy=1,
        issued=datetime(2026, 11, 23, 2, 52, tzinfo=UTC),
        due=date(2026, 12, 7),
        photo_jpeg=photo,
        service_point="城关街道社保服务点",
        printed_by="王丽",
    )


def forms(count: int, pictures: list[bytes]) -> list[Copy]:
    """Return the registration forms of a class."""
    made = []
    for n in range(count):
        answers = ANSWERS | {"name": RARE[n % 5] + chr(0x4E00 + 7 * n), "mobile": f"138{n:08d}", "person_status": "10"}
        number = f"4201-03-26-{n + 1:05d}-2"
        made.append(Copy(answers, facts(f"{number}-R1", number, pictures[n % len(pictures)])))
    return made


def class_list(count: int) -> list[Copy]:
    """Return the list of a class."""
    number = "4201-03-26-00123-2"
    return [Copy(PAPERS["class_list"], facts(f"{number}-L1", number), {"students": pupils(count)})]


def grounds(definition: FormDefinition) -> int:
    """Return how many fixed parts a form has."""
    return sum(4 if table_of(definition.paper, page) else 1 for page in range(1, definition.paper.pages + 1))


def recorded(definition: FormDefinition, copies: list[Copy]) -> list[tuple[Page, bytes | None]]:
    """Return everything that stands on each page, fixed part included, with the picture of its copy."""
    with recording() as pages:
        draw_many(definition, copies)
        fixed, drawn = pages[: grounds(definition)], pages[grounds(definition) :]
    per_copy = len(drawn) // len(copies)
    pictures = [copy.facts.photo_jpeg for copy in copies for _ in range(per_copy)]
    if not definition.paper.lists():
        return [(fixed[n % per_copy] + page, pictures[n]) for n, page in enumerate(drawn)]
    first, middle, last = fixed[1:4]  # of whole, first, middle, last
    below = [first, *[middle] * (len(drawn) - 2), last]
    return [(under + page, None) for under, page in zip(below, drawn, strict=True)]


def bare(definition: FormDefinition, pages: list[tuple[Page, bytes | None]]) -> bytes:
    canvas = Bare(definition.paper.width, definition.paper.height)
    for page, photo in pages:
        canvas.replay(page, photo)
        canvas.canvas.showPage()
    return canvas.finish()


def fastest(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def measured(name: str, copies: list[Copy], runs: int) -> dict[str, object]:
    """Return pages a second of ours and of the plain canvas, taken in turn."""
    definition = load_form(name)
    pages = recorded(definition, copies)
    prepare([definition])
    made: list[Batch] = []
    ours, peer = 1e9, 1e9
    for _ in range(runs):
        ours = min(ours, fastest(lambda: made.append(draw_many(definition, copies)), 1))
        peer = min(peer, fastest(lambda: bare(definition, pages), 1))
    if made[0].failed or made[0].pages != len(pages):
        raise AssertionError(f"{made[0].pages} of {len(pages)} pages")
    speed, peer_speed = len(pages) / ours, len(pages) / peer
    return {
        "pages": len(pages),
        "pages_per_s": round(speed),
        "bare_reportlab_pages_per_s": round(peer_speed),
        "ratio": round(speed / peer_speed, 2),
        "bytes": len(made[0].pdf),
        "kept": speed >= LEAST_PAGES and speed / peer_speed >= LEAST_OF_PEER,
    }


def main() -> int:
    """Measure and print; the exit code is always 0, the reader judges."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    result = {
        "name": "class_of_500",
        "limit_pages_per_s": LEAST_PAGES,
        "limit_ratio": LEAST_OF_PEER,
        "registration_forms": measured("registration", forms(arguments.count, photos()), arguments.runs),
        "class_list": measured("class_list", class_list(arguments.count), 5 * arguments.runs),
    }
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
