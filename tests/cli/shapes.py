"""The shapes of docs/cli.md, and whether an object has one."""

import json
import re

from sscard_desk.resources import root
from tests.cli.said import Said

TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "object": dict,
    "null": type(None),
}


def shapes() -> Said:
    """Return the shape under each verb's heading."""
    text = (root() / "docs" / "cli.md").read_text(encoding="utf-8")
    found: Said = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name = section.partition("\n")[0]
        block = re.search(r"```json\n(.*?)```", section, re.DOTALL)
        if block:
            found[name] = json.loads(block[1])
    return found


def error_shape() -> object:
    text = (root() / "docs" / "cli.md").read_text(encoding="utf-8")
    block = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert block
    return json.loads(block[1])


def differs(value: object, shape: object, at: str = "") -> list[str]:
    """Return where an object differs from its shape; more fields than the shape's are differences too."""
    if isinstance(shape, str):
        fits = any(
            isinstance(value, TYPES[word]) and not (word in {"int", "float"} and isinstance(value, bool))
            for word in shape.split("|")
        )
        return [] if fits else [f"{at}: {type(value).__name__} is not {shape}"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at}: no list"]
        return [d for n, element in enumerate(value) for d in differs(element, shape[0], f"{at}[{n}]")]
    assert isinstance(shape, dict)
    if not isinstance(value, dict):
        return [f"{at}: no object"]
    wrong = [f"{at}.{name}: missing" for name in shape.keys() - value.keys()]
    wrong += [f"{at}.{name}: not in the docs" for name in value.keys() - shape.keys()]
    return wrong + [
        d for name in shape.keys() & value.keys() for d in differs(value[name], shape[name], f"{at}.{name}")
    ]
