"""Every verb that a module offers can be called, and stands in docs/cli.md."""

import importlib
import pkgutil
import re

from sscard_desk import cli
from sscard_desk.cli.run import VERBS
from sscard_desk.resources import root


def offered() -> dict[str, str]:
    modules = {
        found.name: importlib.import_module(f"{cli.__name__}.{found.name}")
        for found in pkgutil.iter_modules(cli.__path__)
    }
    return {
        verb.name: name for name, module in modules.items() for verb in getattr(module, "VERBS", ()) if name != "run"
    }


def test_what_a_module_offers_is_what_can_be_called() -> None:
    assert offered() == VERBS


def test_every_verb_has_its_place_in_the_docs() -> None:
    text = (root() / "docs" / "cli.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## (.+)$", text, flags=re.MULTILINE))
    assert {name for name in VERBS if name not in headings and f"`{name}" not in text} == set()
