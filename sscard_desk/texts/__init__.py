"""Every sentence that people read, by key and language. Chinese first, English complete."""

from sscard_desk.texts.catalogue import ENGLISH, LANGUAGES, SIMPLIFIED_CHINESE, Catalogue, Language
from sscard_desk.texts.problems import Problem, definition_reason, describe

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "SIMPLIFIED_CHINESE",
    "Catalogue",
    "Language",
    "Problem",
    "definition_reason",
    "describe",
]
