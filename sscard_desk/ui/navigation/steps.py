"""Connects each page of the path, and the applicant's window, to its presenter; nothing else knows both."""

from sscard_desk.ui.applicant.presenter import ApplicantPresenter
from sscard_desk.ui.applicant.view import ApplicantWindow
from sscard_desk.ui.approve.presenter import ApprovePresenter
from sscard_desk.ui.approve.view import ApproveView
from sscard_desk.ui.bank.presenter import BankPresenter
from sscard_desk.ui.bank.view import BankView
from sscard_desk.ui.card.presenter import CardPresenter
from sscard_desk.ui.card.view import CardView
from sscard_desk.ui.documents.presenter import DocumentsPresenter
from sscard_desk.ui.documents.view import DocumentsView
from sscard_desk.ui.form.presenter import FormPresenter
from sscard_desk.ui.form.view import FormView
from sscard_desk.ui.id_scan.presenter import IdScanPresenter
from sscard_desk.ui.id_scan.view import IdScanView
from sscard_desk.ui.identity.presenter import IdentityPresenter
from sscard_desk.ui.identity.view import IdentityView
from sscard_desk.ui.materials.presenter import MaterialsPresenter
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.navigation.joins import join_leave, join_reprint
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.photo_sources.presenter import SourcesPresenter
from sscard_desk.ui.photo_sources.view import SourcesView
from sscard_desk.ui.serve.presenter import ServePresenter
from sscard_desk.ui.serve.view import ServeView
from sscard_desk.ui.sign.presenter import SignPresenter
from sscard_desk.ui.sign.view import SignView


def join_serve(view: ServeView, presenter: ServePresenter) -> None:
    """Join the start page."""
    view.typed.connect(presenter.typed)
    view.entered.connect(presenter.entered)
    view.chosen.connect(presenter.choose)
    view.read.connect(presenter.read)
    view.resume.connect(presenter.resume)
    view.forget.connect(presenter.forget)
    view.scan_card.connect(presenter.scan_card)
    presenter.attach(view)


def join_identity(view: IdentityView, presenter: IdentityPresenter) -> None:
    """Join step 1."""
    view.take.connect(presenter.take)
    view.keep.connect(presenter.keep)
    view.read.connect(presenter.read)
    view.undo.connect(presenter.undo)
    view.open_other.connect(presenter.open_other)
    view.source_chosen.connect(presenter.choose_source)
    view.typed.connect(presenter.typed)
    view.left.connect(presenter.left)
    view.next_missing.connect(presenter.next_missing)
    view.leave.asked.connect(presenter.ask_leave)
    join_leave(view.leave, presenter.leave)
    presenter.attach(view)


def join_id_scan(view: IdScanView, presenter: IdScanPresenter) -> None:
    """Join the page of a scanned id card."""
    view.scan.connect(presenter.scan)
    view.file_chosen.connect(presenter.take_file)
    view.again.connect(presenter.again)
    view.stop_asked.connect(presenter.stop)
    view.chosen.connect(presenter.choose)
    view.stepped.connect(presenter.step)
    view.typed.connect(presenter.typed)
    view.entered.connect(presenter.entered)
    presenter.attach(view)


def join_bank(view: BankView, presenter: BankPresenter) -> None:
    """Join step 2."""
    view.chosen.connect(presenter.choose)
    view.digit.connect(presenter.choose_number)
    view.change.connect(presenter.change)
    view.without_paper.connect(presenter.confirm_without_paper)
    view.again.connect(presenter.print_again)
    view.preview.connect(presenter.preview)
    view.preview_closed.connect(presenter.close_preview)
    join_reprint(view.reprint, presenter.reprint)
    presenter.attach(view)


def join_photo(view: PhotoView, presenter: PhotoPresenter) -> None:
    """Join step 3."""
    view.shoot.connect(presenter.shoot)
    view.chosen.connect(presenter.choose)
    view.drop.connect(presenter.drop)
    view.source.connect(presenter.use_source)
    view.file.connect(presenter.take_file)
    view.auto.connect(lambda auto: presenter.set_auto(auto=auto))
    view.again.connect(presenter.again)
    view.change.connect(presenter.change)
    view.exempt.connect(presenter.exempt)
    view.answered.connect(lambda covered: presenter.answer(covered=covered))
    view.camera_changed.connect(presenter.change_camera)
    view.adjusted.connect(presenter.adjust)
    presenter.attach(view)


def join_photo_sources(view: SourcesView, presenter: SourcesPresenter) -> None:
    """Join the page of the photo's other sources."""
    view.source.connect(presenter.use_source)
    view.asked.connect(presenter.ask)
    view.stick.connect(presenter.take_stick)
    view.typed.connect(presenter.typed)
    view.chosen.connect(presenter.choose)
    view.revoked.connect(presenter.revoke)
    view.change.connect(presenter.change)
    consent, consenting = view.consent, presenter.consenting
    consent.language.connect(consenting.use_language)
    consent.way.connect(consenting.use_way)
    consent.drawn.connect(consenting.drawn)
    consent.confirmed.connect(consenting.confirm)
    consent.cleared.connect(consenting.clear)
    consent.print.connect(consenting.print_sheet)
    consent.scan.connect(consenting.scan_sheet)
    consent.paper.connect(consenting.take_sheet)
    consent.thumb.connect(consenting.take_thumb)
    join_reprint(consent.reprint, consenting.sheet.paper.reprint)
    consent.witness.typed.connect(consenting.witness_typed)
    consent.witness.password_typed.connect(consenting.witness_password_typed)
    consent.witness.confirmed.connect(consenting.witness_confirms)
    consent.witness.stopped.connect(presenter.stop)
    presenter.attach(view)


def join_form(view: FormView, presenter: FormPresenter) -> None:
    """Join step 4."""
    view.edited.connect(presenter.edited)
    view.left.connect(presenter.left)
    view.focused.connect(presenter.entered_field)
    view.restore.connect(presenter.restore)
    view.preview.connect(presenter.preview)
    view.preview_closed.connect(presenter.close_preview)
    view.print_again.connect(presenter.print_again)
    join_reprint(view.reprint, presenter.reprint)
    view.next_missing.connect(presenter.next_missing)
    view.undo.connect(presenter.undo)
    view.change.connect(presenter.change)
    view.scan.connect(presenter.scan)
    view.scan_from.connect(presenter.scan_file)
    view.take_tick.connect(presenter.take_tick)
    view.clear_scans.connect(presenter.clear_scans)
    view.number_typed.connect(presenter.number_typed)
    presenter.attach(view)


def join_materials(view: MaterialsView, presenter: MaterialsPresenter) -> None:
    """Join step 5."""
    view.marked.connect(lambda name, state: presenter.mark(state, name))
    view.reached.connect(presenter.go_to)
    view.all_seen.connect(presenter.mark_all)
    view.promised.connect(presenter.promise)
    view.leave.asked.connect(presenter.leave.ask)
    join_leave(view.leave, presenter.leave)
    view.change.connect(presenter.change)
    view.notice.connect(presenter.papers.print_notice)
    view.receipt.connect(presenter.papers.print_receipt)
    view.preview.connect(presenter.papers.look)
    view.preview_closed.connect(presenter.papers.stop)
    join_reprint(view.reprint, presenter.papers.paper.reprint)
    presenter.attach(view)


def join_documents(view: DocumentsView, presenter: DocumentsPresenter) -> None:
    """Join the page beside the path on which a material is scanned."""
    view.scan.connect(presenter.scan)
    view.again.connect(presenter.scan_again)
    view.source.connect(presenter.set_source)
    view.chosen.connect(presenter.choose)
    view.moved.connect(presenter.move)
    view.turned.connect(presenter.turn)
    view.dropped.connect(presenter.drop)
    view.stopped.connect(presenter.stop)
    view.taken_back.connect(presenter.take_back)
    view.preview.connect(presenter.look)
    view.preview_closed.connect(presenter.close_preview)
    presenter.attach(view)


def join_sign(view: SignView, presenter: SignPresenter) -> None:
    """Join step 6."""
    view.begun.connect(presenter.begin)
    view.drawn.connect(presenter.drawn)
    view.confirmed.connect(presenter.confirm)
    view.cleared.connect(presenter.clear)
    view.way.connect(presenter.use)
    view.witness.typed.connect(presenter.witness_typed)
    view.witness.password_typed.connect(presenter.witness_password_typed)
    view.witness.confirmed.connect(presenter.witness_confirms)
    view.witness.stopped.connect(presenter.stop)
    view.scan.connect(presenter.take_scan)
    view.look.connect(presenter.look)
    view.look_closed.connect(presenter.stop)
    presenter.attach(view)


def join_approve(view: ApproveView, presenter: ApprovePresenter) -> None:
    """Join step 7."""
    view.account_typed.connect(presenter.account_typed)
    view.password_typed.connect(presenter.password_typed)
    view.look_again.connect(presenter.look_again)
    presenter.attach(view)


def join_card(view: CardView, presenter: CardPresenter) -> None:
    """Join step 8."""
    view.stop.connect(presenter.stop)
    view.again.connect(presenter.write)
    view.spoil.connect(presenter.spoil)
    view.tick.connect(presenter.tick)
    view.leave.asked.connect(presenter.hand_over.leave.ask)
    join_leave(view.leave, presenter.hand_over.leave)
    presenter.attach(view)


def join_applicant(view: ApplicantWindow, presenter: ApplicantPresenter) -> None:
    """Join the second window."""
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.consent.drawn.connect(presenter.draw)
    view.consent.cleared.connect(presenter.rub_out)
    view.consent.confirmed.connect(presenter.agree)
    view.cleared.connect(presenter.rub_out)
    view.agreed.connect(presenter.agree)
    view.spoken.connect(presenter.read_in)
    view.left_alone.connect(presenter.clear)
    presenter.attach(view)
