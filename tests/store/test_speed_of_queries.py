"""What is asked at every key goes through an index; SQLite itself says whether it does."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from sscard_desk.store.desk_store import DeskStore
from sscard_desk.wire.messages import FeedPage
from tests.store import _desk as a


@contextmanager
def plans(desk: DeskStore) -> Iterator[list[str]]:
    """Collect the query plan of every SELECT that runs meanwhile."""
    found: list[str] = []

    def explain(_connection, cursor, statement, parameters, _context, _many) -> None:
        if statement.lstrip().startswith("SELECT"):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            found.extend(str(row[3]) for row in rows)

    event.listen(desk._engine, "before_cursor_execute", explain)
    yield found
    event.remove(desk._engine, "before_cursor_execute", explain)


def delivered_forms(desk: DeskStore) -> None:
    desk.apply_page(FeedPage(scope="reference", epoch="e", after=0, head=0, server_ms=0, items=()))
    desk.keep_local_reference("form", "registration/2026-7", {})
    assert desk.forms.deliveries.editions("registration") == [("2026-7", False)]


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda desk, _: desk.open_for(a.ID_NUMBER), "application_open"),
        (lambda desk, subject: desk.application(subject), "sqlite_autoindex_application_1"),
        (lambda desk, _: desk.recent(), "application_changed"),
        (lambda desk, _: desk.waiting_for_approval(), "application_step"),
        (lambda desk, subject: desk.history(subject), "act_subject"),
        (lambda desk, _: desk.unsent(), "entry_unsent"),
        (lambda desk, _: desk.pending_entries(10, 10), "entry_unsent"),
        (lambda desk, _: desk.pending_blobs(10), "blob_unsent"),
        (lambda desk, _: desk.free_blanks(), "stock_state"),
        (lambda desk, _: desk.find_blank(a.CODE), "stock_card_number"),
        (lambda desk, _: desk.last_draft(), "draft_turn"),
        (lambda desk, _: desk.reference("bank"), "item_kind"),
        (lambda desk, _: desk.conflicts(), "foreign_conflict"),
        (lambda desk, _: delivered_forms(desk), "item USING PRIMARY KEY (scope=? AND kind=?)"),
    ],
)
def test_a_question_of_every_day_uses_its_index(desk: DeskStore, ask, index: str) -> None:
    subject = a.begin(desk)
    with plans(desk) as found:
        ask(desk, subject)
    assert any(index in line for line in found), found
    assert not any(line.startswith("SCAN") and "INDEX" not in line for line in found), found
