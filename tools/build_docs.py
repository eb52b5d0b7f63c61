"""Write the generated parts of the docs anew: the table of errors."""

import importlib
import pkgutil

from sscard_desk.domain import errors
from sscard_desk.domain.errors import DeskError
from sscard_desk.resources import root
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Catalogue

HEAD = """# Errors

Every error that the program foresees, with its stable code; codes are never used twice. E1xx the operator can put
right, E2xx the applicant, E3xx devices, E4xx the centre, E5xx this computer. Made by `make docs` from the code and
the texts; do not edit.

| code | name | what happened | what to do | retry helps | may have changed |
|---|---|---|---|---|---|
"""


def row(leaf: type[DeskError]) -> str:
    zh, en = Catalogue(SIMPLIFIED_CHINESE), Catalogue(ENGLISH)
    said = [" / ".join(texts(f"errors.{leaf.code}.{part}") for texts in (zh, en)) for part in ("message", "advice")]
    flags = ["yes" if flag else "no" for flag in (leaf.retry_helps, leaf.may_have_changed)]
    return f"| {leaf.code} | {leaf.__name__} | " + " | ".join(said + flags) + " |\n"


def main() -> None:
    for module in pkgutil.iter_modules(errors.__path__):
        importlib.import_module(f"{errors.__name__}.{module.name}")
    path = root() / "docs" / "errors.md"
    path.write_text(HEAD + "".join(row(leaf) for leaf in DeskError.leaves()), encoding="utf-8")


if __name__ == "__main__":
    main()
