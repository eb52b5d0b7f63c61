"""The cached register of the sample counter, and how a name is spelt there."""

from collections.abc import Sequence

from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.person import Person
from sscard_desk.ui.sample_desk.people import REGISTERED


class SampleNames:
    """Spells one name."""

    def written(self, name: str) -> str:
        """Return how the name of the pictures is spelt."""
        return "WANG TIANYING" if name.startswith("王") else ""


class SamplePersons:
    """The cached register with a few invented people."""

    def by_number(self, id_number: str) -> Person | None:
        """Return the person with this number."""
        return next((each for each in REGISTERED if each.id_number == id_number), None)

    def by_key(self, key: PersonKey) -> Person | None:
        """Return the person under this key."""
        return next((each for each in REGISTERED if each.key == key), None)

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        """Return persons whose number or name begins with the text."""
        found = [each for each in REGISTERED if each.id_number.startswith(text) or each.name.startswith(text)]
        return found[:limit]

    def count(self) -> int:
        """Return how many there are."""
        return len(REGISTERED)
