import re
from pathlib import Path

from sscard_desk import ui

ROOM = Path(ui.__file__).parent
COLOUR = re.compile(r"#(?!FFFFFF)[0-9A-Fa-f]{6}\b")  # paper is white in every mode


def test_no_colour_stands_outside_the_table() -> None:
    found = [
        str(path.relative_to(ROOM))
        for path in ROOM.rglob("*.py")
        if path.name != "tokens.py" and COLOUR.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_presenters_and_states_do_not_import_qt() -> None:
    quiet = [path for path in ROOM.rglob("*.py") if path.name in {"presenter.py", "state.py", "states.py", "words.py"}]
    assert quiet
    assert [path for path in quiet if "PySide6" in path.read_text(encoding="utf-8")] == []
