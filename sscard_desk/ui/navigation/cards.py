"""Connects the pages of the Cards area to their presenters; nothing else knows both."""

from sscard_desk.ui.card_read.presenter import CardReadPresenter
from sscard_desk.ui.card_read.view import CardReadView


def join_card_read(view: CardReadView, presenter: CardReadPresenter) -> None:
    """Join the page of a card that is read."""
    view.again.connect(presenter.read)
    presenter.attach(view)
