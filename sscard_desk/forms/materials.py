"""The materials that a case asks for, as data: how each may be shown, promised, or be missing."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import Facts, finish, root_of
from sscard_desk.forms.conditions import holds
from sscard_desk.forms.definition import Condition
from sscard_desk.forms.limits import Limit, read_limit
from sscard_desk.forms.load_questions import read_when
from sscard_desk.forms.words import Words

ORIGINAL_SEEN: Final = "original_seen"
COPY_KEPT: Final = "copy_kept"
PROMISED: Final = "promised"
MISSING: Final = "missing"
SHOWN: Final = (ORIGINAL_SEEN, COPY_KEPT)
"""States in which a material is there."""


@dataclass(frozen=True)
class MaterialAsked:
    """One thing to bring.

    Attributes:
        id: short name; stands in the journal.
        words: its name.
        hint: what to look at.
        when: the facts under which it is asked for.
        accepts: how it may be shown, of `SHOWN`.
        promise: within which limit it may be brought later; None means it may not be promised.
        blocks: whether the application cannot go on while it is missing.
        holds_card: whether the card is not handed over while it is promised and has not come.
    """

    id: str
    words: Words
    hint: Words
    when: Condition | None
    accepts: tuple[str, ...] = SHOWN
    promise: Limit | None = None
    blocks: bool = True
    holds_card: bool = True

    @property
    def states(self) -> tuple[str, ...]:
        """The answers that a clerk can give, in the order of the keys."""
        promised = (PROMISED,) if self.promise is not None else ()
        return (*self.accepts, *promised, MISSING)


@cache
def materials() -> tuple[MaterialAsked, ...]:
    """Return every material that the data know.

    Raises:
        FormDefinitionWrong: `materials.toml` breaks its schema; file, line and key are named.
    """
    root = root_of("materials")
    nodes = root.tables("material")
    found = []
    for node in nodes:
        hint = node.table("hint")
        accepts = node.texts("accepts") or SHOWN
        for strange in (state for state in accepts if state not in SHOWN):
            node.refuse("accepts", "not_a_choice", found=strange, known=" | ".join(SHOWN))
        found.append(
            MaterialAsked(
                id=node.id(),
                words=node.words(),
                hint=hint.words(),
                when=read_when(node),
                accepts=tuple(accepts),
                promise=read_limit(node.table("promise")) if node.has("promise") else None,
                blocks=node.flag("blocks", default=True),
                holds_card=node.flag("holds_card", default=True),
            )
        )
        hint.done()
        node.done()
    finish(root, nodes, (material.id for material in found))
    return tuple(found)


def material(material_id: str) -> MaterialAsked | None:
    """Return what the data say of a material; None for one of an earlier edition of the data."""
    return {each.id: each for each in materials()}.get(material_id)


def material_words(material_id: str) -> Words:
    """Return the name of a material, its id where the data do not know it any more."""
    found = material(material_id)
    return found.words if found else Words(material_id, material_id)


def asked(facts: Facts) -> tuple[MaterialAsked, ...]:
    """Return the checklist of a case, in the order of the file."""
    return tuple(each for each in materials() if holds(each.when, facts))
