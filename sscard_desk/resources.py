"""Where the files live that ship beside the program: `resources/` and `forms/`."""

import sys
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent  # resolved once: every text and picture asks for it


def root() -> Path:
    """Return the folder that holds `resources/` and `forms/`: the checkout, or the unpacked installation."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else _CHECKOUT


def resource(*parts: str) -> Path:
    """Return the path of one shipped resource, for example `resource("codes", "sex.toml")`."""
    return root().joinpath("resources", *parts)


def built(*parts: str) -> Path:
    """Return the path of an asset made by the build step (`make assets`): cut fonts, face models, training pictures."""
    return resource("built", *parts)


def form_folder(*parts: str) -> Path:
    """Return the path of a shipped form definition, for example `form_folder("registration")`."""
    return root().joinpath("forms", *parts)
