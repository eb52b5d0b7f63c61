"""The blank cards of a desk and the batches that are written from them."""

from collections.abc import Sequence

from sscard_desk.domain.batch import Batch, BatchId
from sscard_desk.domain.stock import Blank, BlankState
from sscard_desk.ports.stock import SpoiledElsewhere, StockBook
from sscard_desk.store import batches, stock, stock_book, stock_count
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.side import Side


class StockSide(Side):
    """The desk's store, as far as it keeps the book of blanks."""

    def receive_blank(self, identification_code: str, card_number: str, stock_no: str) -> None:
        """Put a blank into the stock from a list that did not come through the feed (training)."""
        with writing(self._engine) as connection:
            lent = Blank(identification_code.upper(), card_number, stock_no)
            stock.receive(connection, lent, self.clock.now())

    def free_blanks(self) -> int:
        """Return how many free blanks are left."""
        with reading(self._engine) as connection:
            return stock.count_free(connection)

    def stock_book(self) -> StockBook:
        """Return the balance of the blank cards, the movements of the shift, and what waits for somebody."""
        with reading(self._engine) as connection:
            return stock_book.read(connection, self._facts.desk)

    def blanks(self, state: BlankState) -> Sequence[Blank]:
        """Return the cards of the stock in a state, in order of the stock list."""
        with reading(self._engine) as connection:
            return stock.in_state(connection, state)

    def find_blank(self, number: str) -> Blank | None:
        """Return the card of a stock number, a card number or an identification code, or None."""
        with reading(self._engine) as connection:
            return stock.by_number(connection, number)

    def spoiled_elsewhere(self) -> Sequence[SpoiledElsewhere]:
        """Return the spoiled cards of other desks of this point that no second person has seen."""
        with reading(self._engine) as connection:
            return stock_count.spoiled_elsewhere(connection)

    def batches(self) -> Sequence[Batch]:
        """Return the batches of cards of this desk, newest first."""
        with reading(self._engine) as connection:
            return batches.every(connection)

    def batch(self, batch: BatchId) -> Batch | None:
        """Return one batch, or None."""
        with reading(self._engine) as connection:
            return batches.find(connection, batch)
