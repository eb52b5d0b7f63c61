"""What was promised is scanned after everybody has signed."""

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk


def test_a_promised_material_is_scanned_after_signing_and_no_signature_falls(app: QApplication) -> None:
    desk = SampleDesk()
    application = desk.until(Station.APPROVE, promised=("household_register",))
    desk.scanner.sides = 1
    desk.serving.go(Station.MATERIALS)
    page = desk.pages.materials
    page.go_to("household_register")
    assert page.current == "household_register"
    desk.pages.documents.open_for(page.current)
    desk.pages.documents.go_on()
    after = desk.serving.application
    states = {each.name: (each.state, each.copy) for each in after.materials}
    assert states["household_register"] == ("copy_kept", after.documents[0].document)
    assert (after.step, after.signatures) == (Step.SIGNED, application.signatures)
