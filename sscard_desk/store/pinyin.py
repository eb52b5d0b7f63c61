"""How a name is read, for searching: syllables without tones, with surnames read as surnames.

pypinyin knows each character's usual reading; surnames such as 曾, 单, 解 are read otherwise and stand in
`resources/codes/surname_readings.toml`. A given name's characters take their usual reading: a search aid, never data.
"""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.resources import resource

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_LONGEST_SURNAME: Final = 4


@dataclass(frozen=True)
class Reading:
    """A name's syllables in the three shapes that are searched: `zeng xiao ming`, `zengxiaoming`, `zxm`."""

    words: str
    pinyin: str
    initials: str


class Readings:
    """Reads names; one object keeps what it learnt of each character."""

    def __init__(self) -> None:
        # names are read character by character: the table of 400,000 phrases would only cost memory, and loading it
        # holds every other thread for a tenth of a second
        os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
        os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
        # heavy (a table of 40,000 characters), and only whoever fills the cache needs it
        from pypinyin import lazy_pinyin  # noqa: PLC0415 - see the line above

        table = tomllib.loads(resource("codes", "surname_readings.toml").read_text(encoding="utf-8"))
        self._surnames: dict[str, tuple[str, ...]] = {
            surname: tuple(read.split()) for surname, read in (table["whole"] | table["one"]).items()
        }
        self._read_one = lazy_pinyin
        self._characters: dict[str, tuple[str, ...]] = {}

    def of(self, name: str) -> Reading:
        """Return how a name is read; the parts of a Latin name count as syllables."""
        surname = self._surname(name)
        syllables = [*self._surnames.get(surname, ())]
        for word in name[len(surname) :].split():
            if word.isascii():
                syllables.append("".join(c for c in word.lower() if c in _LATIN))
            else:
                for character in word:
                    syllables += self._character(character)
        syllables = [syllable for syllable in syllables if syllable]
        return Reading(" ".join(syllables), "".join(syllables), "".join(s[0] for s in syllables))

    def written(self, name: str) -> str:
        """Return a name as `ports.name_reader.NameReader` says: all of it, or nothing."""
        parts = [part for part in name.split("·") if part.strip()]
        if len(parts) == 1 and not name.isascii():
            surname = self._surname(name) or name[:1]
            parts = [surname, name[len(surname) :]]
        words = [self._word(part) for part in parts if part]
        return " ".join(words) if words and all(words) else ""

    def _word(self, part: str) -> str:
        if part.isascii():
            return " ".join(part.split()).upper()
        known = self._surnames.get(part)
        syllables = list(known) if known else [s for c in part for s in self._character(c) or ("",)]
        return "".join(s.replace("v", "yu") for s in syllables).upper() if all(syllables) else ""

    def _surname(self, name: str) -> str:
        for length in range(min(_LONGEST_SURNAME, len(name)), 0, -1):
            if name[:length] in self._surnames:
                return name[:length]
        return ""

    def _character(self, character: str) -> tuple[str, ...]:
        known = self._characters.get(character)
        if known is None:
            read = self._read_one(character)[0].lower() if character.strip("·. ") else ""
            known = (read,) if read and all(c in _LATIN for c in read) else ()
            self._characters[character] = known
        return known


class PinyinNames:
    """The port `NameReader` by pypinyin and the table of surnames."""

    def written(self, name: str) -> str:
        """Return a name in capitals, or nothing where a reading is not known."""
        return readings().written(name)


@cache
def readings() -> Readings:
    """Return the one reader of this process."""
    return Readings()


def typed_letters(text: str) -> tuple[str, ...]:
    """Return the syllables or initials that somebody typed, in small letters with ü as v; empty if there are others."""
    plain = text.lower().replace("ü", "v").replace("'", " ").replace("’", " ")
    words = tuple(plain.split())
    return words if words and all(c in _LATIN for word in words for c in word) else ()
