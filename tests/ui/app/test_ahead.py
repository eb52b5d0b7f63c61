import sys
from pathlib import Path
from subprocess import run

import sscard_desk.ui
from sscard_desk.ui.app.ahead import PAGES, SHELL, WIDGETS

UI = Path(sscard_desk.ui.__file__).parent
BEFORE_SIGN_IN = {"sign_in", "rescue"}


def test_every_page_loads_in_a_turn_of_its_own_and_none_waits_for_the_joining() -> None:
    pages = {view.parent.name for view in UI.glob("*/view.py")} - BEFORE_SIGN_IN - {"shell"}
    assert set(PAGES) == pages
    assert len(PAGES) == len(set(PAGES))


def test_what_joins_the_pages_loads_nothing_more_when_its_turn_comes() -> None:
    ahead = [f"widgets.{name}" for name in WIDGETS] + [f"shell.{name}" for name in SHELL]
    views = [f"{page}.view" for page in PAGES]
    presenters = [f"{page}.presenter" for page in PAGES]
    script = (
        "import sys; from importlib import import_module as load\n"
        f"for name in {ahead + views + presenters}: load('sscard_desk.ui.' + name)\n"
        "before = set(sys.modules); load('sscard_desk.ui.navigation.steps')\n"
        "load('sscard_desk.ui.navigation.areas'); load('sscard_desk.ui.app.views')\n"
        "print(*sorted(n for n in set(sys.modules) - before if '.ui.app' not in n and '.navigation' not in n))"
    )
    done = run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
