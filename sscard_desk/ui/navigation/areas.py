"""Connects each page beside the path to its presenter; nothing else knows both."""

from sscard_desk.ui.aside.presenter import AsidePresenter
from sscard_desk.ui.aside.view import AsideView
from sscard_desk.ui.class_list.presenter import ClassListPresenter
from sscard_desk.ui.class_list.view import ClassListView
from sscard_desk.ui.closing.presenter import ClosingPresenter
from sscard_desk.ui.closing.view import ClosingView
from sscard_desk.ui.desk_date.presenter import DeskDatePresenter
from sscard_desk.ui.desk_date.view import DeskDateView
from sscard_desk.ui.keeping.presenter import KeepingPresenter
from sscard_desk.ui.keeping.view import KeepingView
from sscard_desk.ui.language import language
from sscard_desk.ui.lists.presenter import ListsPresenter
from sscard_desk.ui.lists.view import ListsView
from sscard_desk.ui.navigation.joins import join_leave, join_reprint, join_spoiling
from sscard_desk.ui.papers.presenter import PapersPresenter
from sscard_desk.ui.papers.view import PapersView
from sscard_desk.ui.sign_off.presenter import SignOffPresenter
from sscard_desk.ui.sign_off.view import SignOffView
from sscard_desk.ui.staff.presenter import StaffPresenter
from sscard_desk.ui.staff.view import StaffView
from sscard_desk.ui.stick.presenter import StickPresenter
from sscard_desk.ui.stick.view import StickView
from sscard_desk.ui.unsent.presenter import UnsentPresenter
from sscard_desk.ui.unsent.view import UnsentView


def join_sign_off(view: SignOffView, presenter: SignOffPresenter) -> None:
    """Join the supervisor's page."""
    view.chosen.connect(presenter.choose)
    view.marked.connect(presenter.mark)
    view.password_typed.connect(presenter.password_typed)
    view.reason_typed.connect(presenter.reason_typed)
    view.back_asked.connect(presenter.ask_back)
    view.stopped.connect(presenter.stop)
    view.look_again.connect(presenter.opened)
    presenter.attach(view)


def join_lists(view: ListsView, presenter: ListsPresenter) -> None:
    """Join the area of lists."""
    view.kind_chosen.connect(presenter.choose)
    view.first_typed.connect(presenter.first_typed)
    view.last_typed.connect(presenter.last_typed)
    view.bank_chosen.connect(presenter.choose_bank)
    view.contents_typed.connect(presenter.contents_typed)
    view.preview.connect(presenter.look)
    view.printed_chosen.connect(presenter.printed.choose)
    view.returning.scan.connect(presenter.printed.pile.scan)
    view.returning.scan_from.connect(presenter.printed.pile.take_file)
    view.spoil.connect(presenter.printed.spoil)
    join_reprint(view.reprint, presenter.reprint)
    join_spoiling(view.spoiling, presenter.printed.spoiling)
    view.go_on.connect(presenter.go_on)
    presenter.attach(view)


def join_class_list(view: ClassListView, presenter: ClassListPresenter) -> None:
    """Join the page for class lists."""
    view.file_chosen.connect(presenter.take_file)
    view.again.connect(presenter.look_again)
    view.shown.connect(presenter.show)
    view.chosen.connect(presenter.choose)
    view.next_wrong.connect(presenter.next_wrong)
    view.rejected.connect(lambda path: presenter.keep_rejected(path, language()))
    view.reason_chosen.connect(presenter.reason_chosen)
    view.reason_typed.connect(presenter.reason_typed)
    presenter.attach(view)


def join_papers(view: PapersView, presenter: PapersPresenter) -> None:
    """Join the page beside the path with every paper of the case."""
    view.chosen.connect(presenter.choose)
    view.opened.connect(presenter.open_document)
    view.document_closed.connect(presenter.close_document)
    view.spoil.connect(presenter.spoil)
    join_reprint(view.reprint, presenter.paper.reprint)
    join_spoiling(view.spoiling, presenter.spoiling)
    presenter.attach(view)


def join_closing(view: ClosingView, presenter: ClosingPresenter) -> None:
    """Join the page beside the path on which an application is closed."""
    view.act_chosen.connect(presenter.choose)
    view.reason_chosen.connect(presenter.choose_reason)
    view.text_typed.connect(presenter.text_typed)
    view.preview.connect(presenter.look)
    view.point_chosen.connect(presenter.choose_point)
    view.preview_closed.connect(presenter.stop)
    join_leave(view.leave, presenter.leave)
    presenter.attach(view)


def join_aside(view: AsideView, presenter: AsidePresenter) -> None:
    """Join the page of what the centre did not take."""
    view.chosen.connect(presenter.choose)
    view.way_chosen.connect(presenter.choose_way)
    view.side_taken.connect(presenter.take)
    view.reason_typed.connect(presenter.reason_typed)
    join_leave(view.leave, presenter.leave)
    view.go_on.connect(presenter.go_on)
    presenter.attach(view)


def join_unsent(view: UnsentView, presenter: UnsentPresenter) -> None:
    """Join the page of what waits to be sent."""
    view.part_chosen.connect(presenter.choose_part)
    view.narrowed.connect(presenter.narrow)
    view.chosen.connect(presenter.choose)
    view.near_end.connect(presenter.more)
    view.this_again.connect(presenter.send_this)
    view.opened.connect(presenter.mend_this)
    view.hold.connect(presenter.hold)
    view.go_on.connect(presenter.send_all)


def join_stick(view: StickView, presenter: StickPresenter) -> None:
    """Join the page of the exchange by a stick."""
    view.act_chosen.connect(presenter.choose)
    view.folder_chosen.connect(presenter.choose_folder)
    view.go_on.connect(presenter.go_on)


def join_desk_date(view: DeskDateView, presenter: DeskDatePresenter) -> None:
    """Join the page of the business date."""
    view.day_typed.connect(presenter.day_typed)
    join_leave(view.leave, presenter.leave)
    view.go_on.connect(presenter.go_on)


def join_staff(view: StaffView, presenter: StaffPresenter) -> None:
    """Join the staff page."""
    view.chosen.connect(presenter.choose)
    view.typed.connect(presenter.typed)
    view.go_on.connect(presenter.go_on)
    view.close_asked.connect(presenter.close_way_in)
    view.again.connect(presenter.opened)
    presenter.attach(view)


def join_keeping(view: KeepingView, presenter: KeepingPresenter) -> None:
    """Join the page of keeping and erasing."""
    view.typed.connect(presenter.typed)
    view.by_chosen.connect(presenter.choose_by)
    view.again.connect(presenter.opened)
    view.go_on.connect(presenter.go_on)
    presenter.attach(view)
