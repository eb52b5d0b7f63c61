"""What the pages say of the printer, and what follows from a paper that comes out while another page is in view."""

from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper
from sscard_desk.domain.prints import PrintState
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.samples import _fill
from sscard_desk.ui.keys import Act
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.toast import Toast
from sscard_desk.usecases.follow_prints import PrintNews


def notices(desk: SampleDesk) -> list[Mark]:
    return [toast.state.mark for toast in desk.shell.findChildren(Toast) if not toast.isHidden()]


def at_form(app: QApplication) -> SampleDesk:
    desk = SampleDesk()
    desk.shell.resize(1366, 768)
    desk.shell.show()
    desk.until(Station.FORM)
    app.processEvents()
    _fill(desk.pages.form)
    return desk


def refill(desk: SampleDesk) -> None:
    """The paper is there again, and the next look of the follower sees it."""
    desk.printer.state = PrintState.COMPLETED
    desk.serving.prints._following = False
    desk.serving.prints._follow()


def states(desk: SampleDesk) -> list[PrintState]:
    return [record.state for record in desk.store.prints(desk.serving.application.id)]


def test_out_of_paper_nothing_is_issued_and_the_page_says_what_to_do(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.form.go_on()
    state = desk.pages.form._state
    assert desk.serving.application.step is Step.BANK_CONFIRMED
    assert (state.trouble_mark, state.action.enabled, state.printing) == (Mark.WARN, False, True)
    assert not any(each.editor.isVisible() for each in desk.shell.findChildren(QWidget, "mobile_field"))  # type: ignore[attr-defined] # it has one


def test_after_refilling_the_form_is_issued_although_another_page_is_in_view(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.form.go_on()
    desk.serving.go(Station.PHOTO)
    assert desk.serving.here is Station.PHOTO
    refill(desk)
    application = desk.serving.application
    assert application.step is Step.FORM_ISSUED
    assert (application.copies, application.due is not None) == (1, True)
    assert states(desk) == [PrintState.COMPLETED] * 2
    assert desk.serving.here is Station.PHOTO


def test_the_notice_of_missing_paper_goes_when_the_printer_goes_on(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.form.go_on()
    assert desk.pages.form._state.trouble
    desk.serving.go(Station.PHOTO)
    out = next(iter(desk.serving.prints._under_way()))
    desk.serving.prints._note(PrintNews(out, PrintState.OUT_OF_PAPER, trouble=PrinterOutOfPaper(jobs=1)))
    desk.shell.turns.finish()
    assert notices(desk) == [Mark.WARN]
    desk.serving.prints._note(PrintNews(out, PrintState.PRINTING))
    desk.shell.turns.finish()
    assert notices(desk) == []
    assert not desk.pages.form._state.trouble  # the page that was left says so no more either


def test_a_paper_whose_content_changed_while_it_waited_is_not_issued(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.form.go_on()
    application = desk.serving.application
    from sscard_desk.usecases.attach_photo import attach_photo

    attach_photo(desk.store, desk.counter.session, application.id, jpeg=b"\xff\xd8 other", source="file", measures={})
    refill(desk)
    assert desk.store.application(application.id).step is Step.BANK_CONFIRMED
    assert states(desk)[-1] is PrintState.COMPLETED


def test_esc_cancels_the_print_and_the_form_can_be_changed_again(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.form.go_on()
    assert desk.pages.form.stop()
    desk.serving.prints._following = False
    desk.serving.prints._follow()
    assert states(desk)[-1] is PrintState.CANCELED
    assert not desk.pages.form._state.printing
    desk.pages.form.edited("postcode", "100011")
    desk.printer.state = PrintState.COMPLETED
    desk.pages.form.go_on()
    assert desk.serving.application.step is Step.FORM_ISSUED
    assert [record.serial[-2:] for record in desk.store.prints(desk.serving.application.id)] == ["C1", "R1", "R1"]


def test_a_printer_that_is_off_says_so_and_nothing_is_lost(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.trouble = PrinterMissing()
    desk.pages.form.go_on()
    state = desk.pages.form._state
    assert state.trouble
    assert state.action.enabled
    assert states(desk)[-1] is PrintState.NOT_TAKEN
    desk.printer.trouble = None
    desk.pages.form.go_on()
    assert desk.serving.application.step is Step.FORM_ISSUED


def test_both_papers_come_with_one_key_where_the_bank_was_confirmed_without_paper(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.BANK)
    desk.pages.bank.choose_number(2)
    desk.pages.bank.confirm_without_paper()
    assert (desk.serving.application.bank, desk.printer.printed) == ("B02", [])
    desk.serving.go(Station.FORM)
    _fill(desk.pages.form)
    desk.shell.press(Act.NEXT)
    desk.pages.form.go_on()
    number = desk.serving.application.number
    assert desk.printer.printed == [f"{number}-C1", f"{number}-R1"]
    assert desk.serving.application.step is Step.FORM_ISSUED


def test_a_reprint_asks_for_its_reason_on_the_page_and_marks_the_copy_before(app: QApplication) -> None:
    desk = at_form(app)
    desk.pages.form.go_on()
    desk.pages.form.print_again()
    reprint = desk.pages.form.reprint
    reprint.confirm()
    assert reprint.ask is not None
    assert reprint.ask.error
    reprint.choose("1")
    assert reprint.ask.spoiled
    desk.pages.form.go_on()
    records = [each for each in desk.store.prints(desk.serving.application.id) if each.form == "registration"]
    assert [(each.copy, each.reason, each.spoiled) for each in records] == [(1, "", "1"), (2, "1", "")]
    assert desk.serving.application.copies == 2


def test_another_reason_needs_words_and_esc_leaves_the_question(app: QApplication) -> None:
    desk = at_form(app)
    desk.pages.form.go_on()
    desk.pages.form.print_again()
    reprint = desk.pages.form.reprint
    reprint.choose("9")
    reprint.confirm()
    assert reprint.ask is not None
    reprint.type("换了窗口")
    assert desk.pages.form.stop()
    assert reprint.ask is None
    assert desk.serving.application.copies == 1


def test_the_choice_of_a_bank_does_not_wait_for_paper_and_the_paper_comes_later(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.BANK)
    desk.pages.bank.choose_number(1)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.bank.go_on()
    assert not desk.serving.application.bank
    desk.pages.bank.confirm_without_paper()
    assert desk.serving.application.bank == "B01"
    assert desk.serving.here is Station.PHOTO
    refill(desk)
    assert states(desk) == [PrintState.COMPLETED]
    version = desk.serving.application.version
    desk.serving.go(Station.BANK)
    desk.pages.bank.print_again()
    desk.pages.bank.reprint.choose("3")
    desk.pages.bank.go_on()
    assert [record.copy for record in desk.store.prints(desk.serving.application.id)] == [1, 2]
    assert desk.serving.application.version == version


def test_a_crash_is_taken_up_again_and_the_form_is_issued_from_its_draft(app: QApplication) -> None:
    desk = at_form(app)
    desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.form.go_on()
    application = desk.serving.application
    again = SampleDesk(store=desk.store)  # another program on the same store
    again.printer.state = PrintState.COMPLETED
    from sscard_desk.ui.form.came_out import came_out_unseen

    again.serving.prints.begin(lambda record: came_out_unseen(again.counter, record))
    assert desk.store.application(application.id).step is Step.FORM_ISSUED
    assert desk.store.unended_prints() == []
