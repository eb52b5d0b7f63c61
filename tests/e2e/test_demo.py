"""One applicant through the real window: the report, the papers, the pictures, and what lies in the data folder."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest

from sscard_desk.domain.person import Person
from sscard_desk.training.demo_steps import SIGNATURE
from sscard_desk.training.persons import persons
from sscard_desk.training.running import FIRST
from tests.cli.shapes import differs, shapes

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

PERSONS = 300
OTHER_MACHINES = ("centre", "cards", "printed")
"""The centre's own folder, the memory of the training cards, and the papers: they lie here in training alone."""


@dataclass
class Demo:
    """A demo that came to its end."""

    folder: Path
    out: Path
    report: dict[str, Any]
    words: str
    served: Person

    def verb(self, *words: str) -> dict[str, Any]:
        done = sscard_desk(self.folder, *words, "--account", "clerk", "--password-fd", "0", said="training-clerk\n")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def sscard_desk(folder: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sscard_desk", *words, "--json"],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"SSCARD_DESK_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        timeout=200,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    root = tmp_path_factory.mktemp("demo")
    done = sscard_desk(root / "desk", "demo", "--out", str(root / "out"), "--persons", str(PERSONS))
    assert done.returncode == 0, done.stderr
    served = list(persons(FIRST + 1))[FIRST]
    return Demo(root / "desk", root / "out", json.loads(done.stdout), done.stderr, served)


def text_of(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def without_space(text: str) -> str:
    return "".join(text.split())


def test_the_report_has_the_documented_shape_and_stands_in_its_file(demo: Demo) -> None:
    assert differs(demo.report, shapes()["demo"]) == []
    assert json.loads((demo.out / "report.json").read_text(encoding="utf-8")) == demo.report


def test_every_step_was_done_and_the_card_was_read_back(demo: Demo) -> None:
    names = [step["name"] for step in demo.report["steps"]]
    steps = ["identity", "bank", "photo", "form", "materials", "sign", "approve", "card"]
    assert names == ["sign_in", "identify", *steps, "sync"]
    assert demo.report["card"]["verified"] is True
    assert demo.report["card"]["items"]


def test_both_papers_carry_the_applicants_name_and_number_as_text(demo: Demo) -> None:
    papers = [demo.out / paper for paper in demo.report["papers"]]
    assert len(papers) >= 2
    for paper in papers:
        text = without_space(text_of(paper))
        assert demo.served.name in text
        assert demo.served.id_number in text
        assert demo.report["application_no"] in text


def test_the_pictures_show_something(demo: Demo) -> None:
    shots = [cv2.imread(str(demo.out / shot)) for shot in demo.report["shots"]]
    assert len(shots) >= 6
    for shot in shots:
        assert shot is not None
        assert len(np.unique(shot.reshape(-1, 3), axis=0)) > 50
    assert len({shot.tobytes() for shot in shots if shot is not None}) == len(shots)


def test_everything_was_sent_and_is_sound(demo: Demo) -> None:
    journal = demo.report["journal"]
    assert (journal["unsent"], journal["chain_ok"]) == (0, True)
    found = demo.verb("verify")
    assert (found["sound"], found["unsent"], found["drafts"]) == (True, 0, 0)
    assert found["entries"] >= journal["entries"]


def test_the_person_can_be_looked_up_and_has_nothing_open(demo: Demo) -> None:
    found = demo.verb("lookup", demo.served.id_number)
    assert [(row["name"], row["open_application"]) for row in found["persons"]] == [(demo.served.name, None)]


def test_keys_and_a_pen_were_enough(demo: Demo) -> None:
    hands = demo.report["hands"]
    assert hands["clicks"] == 0
    assert hands["keys"] > 0
    assert hands["strokes"] == 2 * len(SIGNATURE)


def test_no_name_and_no_number_lies_in_clear_in_the_data_folder(demo: Demo) -> None:
    everybody = list(persons(PERSONS))
    numbers = {person.id_number for person in everybody}
    names = {person.name for person in everybody}
    raw = [text.encode(code) for text in numbers | names for code in ("utf-8", "utf-16-le", "gb18030")]
    searched = 0
    for path in demo.folder.rglob("*"):
        within = path.relative_to(demo.folder)
        assert not any(text in str(within) for text in numbers | {demo.served.name})
        if within.parts[0] in OTHER_MACHINES or not path.is_file():
            continue
        content = path.read_bytes()
        long = [each for each in raw if len(each) >= LONG and each in content]
        assert long == [], within
        assert not any(demo.served.name.encode(code) in content for code in ("utf-8", "utf-16-le")), within
        searched += 1
    assert searched >= 8


def test_the_search_would_find_them(demo: Demo) -> None:
    number, name = demo.served.id_number.encode(), demo.served.name.encode()
    files = [path.read_bytes() for path in (demo.folder / "centre").iterdir() if path.is_file()]
    assert any(number in content for content in files)
    assert any(name in content for content in files)


def test_the_words_of_the_demo_name_nobody(demo: Demo) -> None:
    assert demo.served.name not in demo.words
    assert demo.served.id_number not in demo.words


LONG = 8
"""Shorter byte strings stand in encrypted files by chance."""
