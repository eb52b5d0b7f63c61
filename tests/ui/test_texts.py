import re
from pathlib import Path
from string import Formatter

import pytest

from sscard_desk import ui
from sscard_desk.resources import resource
from sscard_desk.texts import ENGLISH, LANGUAGES, SIMPLIFIED_CHINESE, Catalogue
from sscard_desk.ui import icons
from sscard_desk.ui.doctor.remedies import causes, known_codes, steps
from sscard_desk.ui.keys import KEYS
from sscard_desk.ui.words import Say

SUBJECTS = ("shell", "sign_in", "doctor", "keys", "steps")
ROOM = Path(ui.__file__).parent
SAID = re.compile(r"""say\(\s*"([a-z_]+\.[A-Za-z0-9_.]+)\"""")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_say_the_same_things(subject: str) -> None:
    chinese, english = (Catalogue(one).subject(subject) for one in (SIMPLIFIED_CHINESE, ENGLISH))
    assert chinese.keys() == english.keys()
    assert {key for key in chinese if fields(chinese[key]) != fields(english[key])} == set()


def test_every_text_that_the_code_names_exists() -> None:
    own = ("shell", "sign_in", "lock", "doctor", "widgets")
    files = [path for folder in own for path in (ROOM / folder).rglob("*.py")] + list(ROOM.glob("*.py"))
    named = {key for path in files for key in SAID.findall(path.read_text(encoding="utf-8")) if "." in key}
    assert "shell.back" in named
    missing = {key for key in named if not all(Catalogue(language).has(key) for language in LANGUAGES)}
    assert missing <= {"identity.title"}  # an example in a docstring


def test_every_key_and_remedy_has_its_text() -> None:
    words = [key.act.words for key in KEYS]
    words += [part for code in known_codes() for pair in (*causes(code), *steps(code)) for part in pair]
    for said in words:
        assert isinstance(said, Say)
        assert all(Catalogue(language).has(said.key) for language in LANGUAGES), said.key


def test_every_icon_has_the_family_s_box_and_stroke() -> None:
    files = sorted(resource("icons").glob("*.svg"))
    assert len(files) >= 40
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text
        assert 'stroke-width="1.5"' in text
        assert icons._renderer(path.stem, "black").isValid(), path.name
