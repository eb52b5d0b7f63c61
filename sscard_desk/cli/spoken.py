"""The language in which the command line speaks: Chinese where the locale is, English elsewhere."""

import os

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Language


def language_here() -> Language:
    """Return the language of the locale."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return SIMPLIFIED_CHINESE if named.startswith("zh") else ENGLISH
