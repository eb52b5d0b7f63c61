"""Write the generated parts of the docs anew: errors, the schemas of form definitions, the centre's OpenAPI."""

import importlib
import json
import pkgutil

from sscard_desk.central.openapi import document
from sscard_desk.domain import errors
from sscard_desk.domain.errors import DeskError
from sscard_desk.forms.load import FORM_FILE, PAPER_FILE, observed_schemas, shipped_forms
from sscard_desk.resources import form_folder, root
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


def schemas() -> dict[str, str]:
    """Return the files of `docs/schema`: what the loader asks for while it reads every shipped form."""
    found = observed_schemas(form_folder(name) for name in shipped_forms())
    return {
        f"{file.removesuffix('.toml')}.schema.json": json.dumps(schema.as_json(file), indent=1) + "\n"
        for file, schema in zip((FORM_FILE, PAPER_FILE), found, strict=True)
    }


def main() -> None:
    for module in pkgutil.iter_modules(errors.__path__):
        importlib.import_module(f"{errors.__name__}.{module.name}")
    path = root() / "docs" / "errors.md"
    path.write_text(HEAD + "".join(row(leaf) for leaf in DeskError.leaves()), encoding="utf-8")
    folder = root() / "docs" / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    (root() / "docs" / "openapi.json").write_bytes(document())


if __name__ == "__main__":
    main()
