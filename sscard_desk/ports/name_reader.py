"""How a name is spelt in Latin letters, where a card cannot hold its characters."""

from typing import Protocol


class NameReader(Protocol):
    """Whoever knows readings; heavy at the first name, so it is asked on a lane."""

    def written(self, name: str) -> str:
        """Return a name as pinyin in capitals without tones, surname first and the given name in one word.

        Single source from memory: GB/T 28039-2011 (spelling of Chinese names). A proposal: whoever bears the name
        confirms it.

        Args:
            name: in characters; the parts between `·` stand apart.

        Returns:
            `WANG XIAOMING`, or nothing where a character's reading is not known: none is guessed.
        """
