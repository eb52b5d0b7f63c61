"""What the pages are given from rooms that the centre does not import."""

from dataclasses import dataclass

from sscard_desk.central.lists.check import ReadTable
from sscard_desk.forms.proof import Proof


@dataclass(frozen=True)
class Tools:
    """Functions of modules, so that another process finds them by name.

    Attributes:
        read_table: reads an uploaded table row by row.
        proof: tries a form on paper before it is delivered.
    """

    read_table: ReadTable
    proof: Proof | None = None
