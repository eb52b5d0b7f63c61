"""The fields of the form: they come and go with what is asked, and are made once."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.form.form_grid import FormGrid
from sscard_desk.ui.form.shape import FieldShape, SectionShape
from sscard_desk.ui.form.state import FormState
from sscard_desk.ui.states import FieldState

FIRST, SECOND, THIRD = (
    FieldShape(name, name, full=False, required=False, locked=False) for name in ("first", "second", "third")
)
ONE = SectionShape("one", "One", "", (FIRST, SECOND))
TWO = SectionShape("two", "Two", "", (THIRD,))


@pytest.fixture
def grid(app: QApplication) -> FormGrid:
    made = FormGrid()
    made.resize(1000, 600)
    made.show()
    return made


def state(*shape: SectionShape, **values: str) -> FormState:
    fields = {each.id: FieldState(values.get(each.id, "")) for section in shape for each in section.fields}
    return FormState(shape=shape, fields=fields)


def seen(grid: FormGrid) -> list[str]:
    """Return the fields in view, from the top, left before right."""
    QApplication.processEvents()
    shown = [field for name in ("first", "second", "third") if (field := grid.field(name)) and field.isVisible()]
    places = [(field.mapTo(grid, field.rect().topLeft()), field) for field in shown]
    return [field.editor.objectName() for at, field in sorted(places, key=lambda pair: (pair[0].y(), pair[0].x()))]


def test_a_section_that_is_not_asked_any_more_goes_and_comes_back_in_its_place(grid: FormGrid) -> None:
    grid.show_state(state(ONE, TWO))
    kept = grid.field("first")
    grid.show_state(state(TWO))
    assert seen(grid) == ["third"]
    grid.show_state(state(ONE, TWO))
    assert seen(grid) == ["first", "second", "third"]
    assert grid.field("first") is kept


def test_a_field_that_is_not_asked_any_more_leaves_its_section(grid: FormGrid) -> None:
    grid.show_state(state(ONE, TWO))
    grid.show_state(state(replace(ONE, fields=(SECOND,)), TWO))
    assert seen(grid) == ["second", "third"]
    grid.show_state(state(ONE, TWO))
    assert seen(grid) == ["first", "second", "third"]


def test_fields_made_ahead_stay_hidden_until_they_are_asked(grid: FormGrid) -> None:
    grid.prepare((ONE, TWO))
    for _ in range(20):
        QApplication.processEvents()
    assert seen(grid) == []
    grid.show_state(state(TWO))
    assert seen(grid) == ["third"]


def test_a_state_that_is_the_same_still_puts_the_value_back(grid: FormGrid) -> None:
    grid.show_state(state(ONE, first="kept"))
    field = grid.field("first")
    assert field is not None
    field.editor.setText("other")
    grid.show_state(state(ONE, first="kept"))
    assert field.value() == "kept"
