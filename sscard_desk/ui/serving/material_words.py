"""What materials are called on every page: the words of `resources/cases/materials.toml`."""

from sscard_desk.forms.materials import material_words
from sscard_desk.forms.words import Words as DataWords
from sscard_desk.ui.words import Both


def both(words: DataWords) -> Both:
    """Return words of a data file as words of a screen."""
    return Both(words.zh, words.en)


def words_of_material(name: str) -> Both:
    """Return the name of a material, its id where the data do not know it any more."""
    return both(material_words(name))
