"""The rows of a class list that were not imported, saved for the school with what is wrong with each."""

from pathlib import Path

from sscard_desk.domain.errors.cases import ListNotKept
from sscard_desk.ports.tables import Tables
from sscard_desk.texts import Catalogue, Language
from sscard_desk.usecases.class_row import RowState
from sscard_desk.usecases.import_class import ClassCheck, rejected_table


def keep_rejected(tables: Tables, path: Path, check: ClassCheck, language: Language) -> int:
    """Write the rejected rows as they were, each with its number and the reasons; only the file's owner may read it.

    Args:
        tables: writes.
        path: `.xlsx`, or anything else for a text table.
        check: the list.
        language: of the reasons.

    Returns:
        How many rows were written.

    Raises:
        ListNotKept: the file cannot be made there.
    """
    head, rows = rejected_table(check, Catalogue(language))
    try:
        tables.write(path, head, rows)
    except OSError as error:
        raise ListNotKept(reason=error.strerror or type(error).__name__) from None
    return len(check.of(RowState.WRONG))
