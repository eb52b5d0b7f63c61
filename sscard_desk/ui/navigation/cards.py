"""Connects the pages of the Cards area to their presenters; nothing else knows both."""

from sscard_desk.ui.card_face.presenter import FacePresenter
from sscard_desk.ui.card_face.view import FaceView
from sscard_desk.ui.card_pin.presenter import PinPresenter
from sscard_desk.ui.card_pin.view import PinView
from sscard_desk.ui.card_read.presenter import CardReadPresenter
from sscard_desk.ui.card_read.view import CardReadView


def join_card_read(view: CardReadView, presenter: CardReadPresenter) -> None:
    """Join the page of a card that is read."""
    view.again.connect(presenter.read)
    presenter.attach(view)


def join_card_pin(view: PinView, presenter: PinPresenter) -> None:
    """Join the PIN page."""
    view.act_chosen.connect(presenter.choose)
    view.reason_typed.connect(presenter.reason_typed)
    view.entry_chosen.connect(presenter.choose_entry)
    presenter.attach(view)


def join_card_face(view: FaceView, presenter: FacePresenter) -> None:
    """Join the page of a card's face."""
    view.marks.connect(lambda marks: presenter.set_marks(marks=marks))
    view.trial.connect(presenter.try_printer)
    view.reprint.chosen.connect(presenter.reprint.choose)
    view.reprint.typed.connect(presenter.reprint.type)
    view.reprint.spoiled.connect(lambda spoiled: presenter.reprint.set_spoiled(spoiled=spoiled))
    view.reprint.stopped.connect(presenter.reprint.stop)
    presenter.attach(view)
