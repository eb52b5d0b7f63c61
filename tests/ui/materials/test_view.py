"""The materials page: its rows are made once and serve one person after the other."""

from PySide6.QtWidgets import QAbstractButton, QApplication

from sscard_desk.forms.materials import MaterialAsked, material
from sscard_desk.ui.materials.row import MaterialRow
from sscard_desk.ui.materials.state import MaterialLine, MaterialsState
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.serving.material_words import both


def lines(*names: str, state: str = "") -> tuple[MaterialLine, ...]:
    return tuple(MaterialLine(name, both(known(name).words), both(known(name).hint), state) for name in names)


def known(name: str) -> MaterialAsked:
    found = material(name)
    assert found is not None
    return found


def seen(view: MaterialsView) -> list[str]:
    """Return the rows in view, from the top."""
    QApplication.processEvents()
    rows = [row for row in view.findChildren(MaterialRow) if row.isVisible()]
    return [row.name for row in sorted(rows, key=lambda row: row.y())]


def test_each_case_shows_its_own_rows_in_order(app: QApplication) -> None:
    view = MaterialsView()
    view.resize(1000, 700)
    view.show()
    grown, minor = ("id_card", "household_register", "registration_form"), ("household_register", "guardian_id")
    view.show_state(MaterialsState(lines=lines(*grown)))
    assert seen(view) == list(grown)
    view.show_state(MaterialsState(lines=lines(*minor)))
    assert seen(view) == list(minor)
    view.show_state(MaterialsState(lines=lines(*grown)))
    assert seen(view) == list(grown)


def test_the_next_person_finds_nothing_chosen(app: QApplication) -> None:
    view = MaterialsView()
    view.show_state(MaterialsState(lines=lines("id_card", state="original_seen")))
    view.show_state(MaterialsState(lines=lines("id_card")))
    chosen = [button for row in view.findChildren(MaterialRow) for button in row.findChildren(QAbstractButton)]
    assert not any(button.isChecked() for button in chosen)
