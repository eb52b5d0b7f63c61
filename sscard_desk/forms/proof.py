"""What a trial on paper says of a definition: the drawing itself stands on a higher floor and is handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sscard_desk.forms.definition import FormDefinition


@dataclass(frozen=True)
class Unprintable:
    """Words of a form that no paper could show.

    Attributes:
        path: of the key in `form.toml`, for example `field[3].zh`.
        item: id of the field, section or paragraph, empty for the form's own name.
        reason: a word of `definition.toml`.
        details: what the sentence of this reason fills in.
    """

    path: str
    item: str
    reason: str
    details: tuple[tuple[str, str], ...] = ()


Proof = Callable[[FormDefinition], Sequence[Unprintable]]
"""Draws a definition that is sound otherwise, empty and in every language, and says what cannot be drawn."""
