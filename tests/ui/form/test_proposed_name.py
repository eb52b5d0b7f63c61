"""A spelling is proposed in the empty field, and becomes an answer only by the clerk's key."""

from PySide6.QtWidgets import QApplication

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.presenter import FormPresenter
from sscard_desk.ui.language import text
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import number
from sscard_desk.usecases.confirm_bank import banks, confirm_bank
from sscard_desk.usecases.identify import identify_document
from sscard_desk.usecases.name_on_card import SUBSTITUTE
from sscard_desk.usecases.open_application import open_application


def form_of(name: str) -> tuple[SampleDesk, FormPresenter]:
    desk = SampleDesk()
    counter = desk.counter
    typed = {"name": name, "address": "示例市城关区建设街6号"}
    identity = identify_document(number("11010119950817004"), typed, counter.persons, desk.store)
    opened = open_application(desk.store, counter.session, identity, today=counter.today())
    confirm_bank(desk.store, counter.session, opened, banks(desk.store)[0].code, pdf=b"")
    desk.serving.open(opened.id, Station.FORM)
    return desk, desk.pages.form


def test_the_proposal_is_no_answer_until_the_key_takes_it(app: QApplication) -> None:
    _, page = form_of("王\U00020164英")
    hint = next(each.hint for section in page._state.shape for each in section.fields if each.id == SUBSTITUTE)
    assert text(hint) == "建议 WANG TIANYING，F8 采用"
    assert page._state.fields[SUBSTITUTE].value == ""
    page.take_tick()  # leads there first
    assert page._state.focus == SUBSTITUTE
    page.take_tick()
    assert page._state.fields[SUBSTITUTE].value == "WANG TIANYING"
    page.restore(SUBSTITUTE)
    page.edited(SUBSTITUTE, "WANG QING")
    page.take_tick()
    assert page._state.fields[SUBSTITUTE].value == "WANG QING"  # what the clerk typed stays


def test_a_name_that_a_card_holds_gets_no_proposal(app: QApplication) -> None:
    _, page = form_of("王小英")
    page.take_tick()
    assert SUBSTITUTE not in page._state.fields
