"""Pages as HTML: templates with every value escaped, sentences by key, times in the centre's own zone."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sscard_desk.resources import resource
from sscard_desk.texts import LANGUAGES, Catalogue, Language

STYLE: Final = "style.css"


def draw(template: str, texts: Catalogue, values: Mapping[str, object]) -> str:
    """Return a page.

    Args:
        template: a file under `resources/admin`.
        texts: the language.
        values: what it shows.
    """
    return _environment(texts.language).get_template(template).render({"narrow": False, "setting_up": False, **values})


@lru_cache(maxsize=len(LANGUAGES))
def _environment(language: Language) -> Environment:
    made = Environment(
        loader=FileSystemLoader(resource("admin")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    texts = Catalogue(language)

    def say(key: str, /, **words: object) -> str:
        return texts(f"admin.{key}", **words)

    def known(key: str, other: str) -> str:
        """Return a text, or a word that no text stands for as it is."""
        return texts(key) if texts.has(key) else other

    made.globals |= {"t": say, "known": known, "language": language}
    made.filters["moment"] = moment
    return made


def moment(ms: int) -> str:
    """Return a time as people read it, in the zone of the computer that serves, on one line; a dash for none."""
    if not ms:
        return "–"
    at = datetime.fromtimestamp(ms / 1000).astimezone()
    return Markup("<time>{}</time>").format(at.strftime("%Y-%m-%d %H:%M:%S"))
