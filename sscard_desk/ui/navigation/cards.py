"""Connects the pages of the Cards area to their presenters; nothing else knows both."""

from sscard_desk.ui.batch.presenter import BatchPresenter
from sscard_desk.ui.batch.view import BatchView
from sscard_desk.ui.card_face.presenter import FacePresenter
from sscard_desk.ui.card_face.view import FaceView
from sscard_desk.ui.card_pin.presenter import PinPresenter
from sscard_desk.ui.card_pin.view import PinView
from sscard_desk.ui.card_read.presenter import CardReadPresenter
from sscard_desk.ui.card_read.view import CardReadView
from sscard_desk.ui.navigation.joins import join_reprint
from sscard_desk.ui.stock.presenter import StockPresenter
from sscard_desk.ui.stock.view import StockView


def join_card_read(view: CardReadView, presenter: CardReadPresenter) -> None:
    """Join the page of a card that is read."""
    view.again.connect(presenter.read)
    view.reason_typed.connect(presenter.reason_typed)
    presenter.attach(view)


def join_card_pin(view: PinView, presenter: PinPresenter) -> None:
    """Join the PIN page."""
    view.act_chosen.connect(presenter.choose)
    view.reason_typed.connect(presenter.reason_typed)
    view.entry_chosen.connect(presenter.choose_entry)
    presenter.attach(view)


def join_stock(view: StockView, presenter: StockPresenter) -> None:
    """Join the book of blank cards."""
    view.act_chosen.connect(presenter.choose)
    view.typed.connect(presenter.typed)
    view.file_chosen.connect(presenter.take_file)
    view.again.connect(presenter.look)
    presenter.attach(view)


def join_batch(view: BatchView, presenter: BatchPresenter) -> None:
    """Join the page of batches."""
    view.chosen.connect(presenter.choose)
    view.file_chosen.connect(presenter.take_file)
    view.place_chosen.connect(presenter.export)
    view.again.connect(presenter.look)
    presenter.attach(view)


def join_card_face(view: FaceView, presenter: FacePresenter) -> None:
    """Join the page of a card's face."""
    view.marks.connect(lambda marks: presenter.set_marks(marks=marks))
    view.trial.connect(presenter.try_printer)
    join_reprint(view.reprint, presenter.reprint)
    presenter.attach(view)
