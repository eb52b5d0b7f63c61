"""A class list from its file to a checked list, with a way to stop and to see how far it is."""

from collections.abc import Callable
from pathlib import Path

from sscard_desk.forms.class_columns import class_list_rules
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.tables import TableLimits
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.form_of import REGISTRATION
from sscard_desk.usecases.import_class import ClassCheck, check_class, compare_with_desk

_LOOKS = 2
"""Each row is looked at twice: by the form's rules, then beside register and applications."""


def look_at_class(
    counter: Counter,
    path: Path,
    *,
    cancel: Cancel | None = None,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> ClassCheck:
    """Read a school's class list and check every row; nothing is opened.

    Args:
        counter: whose register and applications the rows are held against.
        path: an .xlsx file, or a text table.
        cancel: looked at before each row.
        watch: told how many of how many looks are done; each row takes two.

    Raises:
        ClassListUnreadable, ClassListTooLarge, ClassListHeadMissing, ClassListEmpty: the file.
        Cancelled: somebody asked to stop.
    """
    rules, today = class_list_rules(), counter.today()
    table = counter.tables.read(path, TableLimits(rules.rows, rules.bytes))
    looks, done = _LOOKS * len(table.rows), 0

    def count() -> None:
        nonlocal done
        if cancel is not None:
            cancel.check()
        done += 1
        watch(done, looks)

    definition = counter.store.forms.current(REGISTRATION, today)
    check = check_class(table, rules, definition, today, before_each=count)
    return compare_with_desk(check, counter.store, counter.persons, before_each=count)
