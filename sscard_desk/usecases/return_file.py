"""A batch return file (回盘): read from whoever made the cards elsewhere, or written of a batch that was made here."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import PREFIX, Batch, BatchId
from sscard_desk.domain.errors.cases import ClassListUnreadable
from sscard_desk.domain.errors.stock import TableRowWrong
from sscard_desk.domain.events import BatchExported, BatchReturned, CardReceived
from sscard_desk.domain.events.batch import ReturnedCard
from sscard_desk.domain.numbers.card_number import is_well_formed
from sscard_desk.domain.steps import Step
from sscard_desk.forms.return_columns import return_rules
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.ports.tables import RawTable, TableLimits, TableRow, Tables
from sscard_desk.usecases.batch_lineup import DONE, line_up, members, need_batch
from sscard_desk.usecases.name_on_card import written_name

_CODE: Final = re.compile(r"[0-9]{6}D156000005[0-9A-F]{16}")
_DATE: Final = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})")


class ReturnState(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    FAILED = "failed"
    """The bank or the maker could not make the card, and says why."""
    KNOWN = "known"
    """The card came before: nothing is taken twice."""
    WRONG = "wrong"


@dataclass(frozen=True)
class ReturnRow:
    """One row of a return file.

    Attributes:
        number: of the row in the file, from 1.
        state: what became of it.
        why: key of `batch.row` for a wrong row, the file's words for a failed one.
        application: whose card, where that is known.
        card: what is kept of it.
    """

    number: int
    state: ReturnState
    why: str = ""
    application: Application | None = None
    card: ReturnedCard | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ReturnReport:
    """A return file that was looked at, and taken unless it was a dry run."""

    rows: tuple[ReturnRow, ...]
    batch: Batch | None = None

    def of(self, state: ReturnState) -> tuple[ReturnRow, ...]:
        """Return the rows of one state."""
        return tuple(row for row in self.rows if row.state is state)


def import_return(store: Store, session: Session, tables: Tables, path: Path, *, dry_run: bool = False) -> ReturnReport:
    """Take a return file: good rows are taken in one transaction, wrong ones are told by row, and the file is kept.

    Raises:
        ClassListUnreadable, ClassListTooLarge: the file.
        TableRowWrong: its head lacks a column.
    """
    rules = return_rules()
    rows = check_return(store, tables.read(path, TableLimits(rules.rows + 1, rules.bytes)))
    taken = [row.card for row in rows if row.card is not None and row.state in {ReturnState.TAKEN, ReturnState.FAILED}]
    if dry_run or not taken:
        return ReturnReport(rows)
    try:
        document = path.read_bytes()
    except OSError:
        raise ClassListUnreadable(reason="no_file") from None
    key = BatchId(PREFIX + secrets.token_hex(16))
    with store.work(session.account) as work:
        for row in rows:
            if row.state is ReturnState.TAKEN and row.card is not None:
                came = CardReceived(row.card.card_number, row.card.identification_code, row.card.box)
                work.record(came, subject=row.card.application)
        work.record(BatchReturned(tuple(taken), work.put_blob(document)), subject=key)
    return ReturnReport(rows, need_batch(store, key))


def check_return(store: Store, table: RawTable) -> tuple[ReturnRow, ...]:
    """Return what becomes of each row; nothing is taken.

    Raises:
        TableRowWrong: the head lacks a column.
    """
    rules = return_rules()
    if not table.rows:
        raise TableRowWrong(row=1, column=rules.head[0])
    head, *below = table.rows
    places = rules.places(head.cells)
    missing = rules.missing(places)
    if missing:
        raise TableRowWrong(row=head.number, column=missing)
    seen: set[tuple[str, str]] = set()
    return tuple(_row(store, row, places, seen) for row in below)


def export_return(store: Store, session: Session, tables: Tables, batch: Batch, path: Path) -> int:
    """Write a batch's return file, and keep that it was written; only its owner may read the file.

    Returns:
        How many rows it has.

    Raises:
        OSError: the file cannot be made; nothing is kept.
    """
    rules = return_rules()
    rows = return_rows(store, batch)
    tables.write(path, rules.head, [rules.row(row) for row in rows])
    with store.work(session.account) as work:
        work.record(BatchExported(len(rows)), subject=batch.id)
    return len(rows)


def return_rows(store: Store, batch: Batch) -> Sequence[Mapping[str, str]]:
    """Return the rows of a batch's return file by field, in the order of the batch."""
    rules, lineup = return_rules(), line_up(store, batch)
    skipped = {each.id: why for each, why in lineup.skipped}
    failed = {failure.application: failure.reason for failure in batch.failures if failure.application}
    rows = []
    for at, each in enumerate(members(store, batch), 1):
        known = {
            "sequence": str(at), "id_number": each.id_number, "name": each.name, "bank": each.bank_name, "box": str(at),
        }  # fmt: skip
        run = each.card
        if each.step in DONE and run is not None:
            known |= {
                "card_number": run.card_number,
                "issue_date": f"{run.issue_date:%Y%m%d}",
                "valid_until": f"{run.valid_until:%Y%m%d}",
                "identification_code": run.identification_code,
                "reset": run.reset,
            }
        elif each.step not in DONE:
            reason = failed.get(each.id) or skipped.get(each.id, "")
            known |= {"failed_stage": rules.failed_here, "failed_reason": _shortened(reason, rules.reason_bytes)}
        rows.append(known)
    return rows


def _row(store: Store, row: TableRow, places: Mapping[str, int], seen: set[tuple[str, str]]) -> ReturnRow:  # noqa: C901, PLR0911 - one return per rule
    cells = {name: row.cell(at).strip() for name, at in places.items()}
    if any(at in row.lost for at in places.values()):
        return ReturnRow(row.number, ReturnState.WRONG, "lost")
    number, code = cells.get("card_number", "").upper(), cells["identification_code"].upper()
    for name, value in (("id_number", cells["id_number"]), ("card_number", number), ("identification_code", code)):
        if value and (name, value) in seen:
            return ReturnRow(row.number, ReturnState.WRONG, "twice")
        seen.add((name, value))
    mine = _application(store, cells["id_number"])
    if mine is None:
        return ReturnRow(row.number, ReturnState.WRONG, "person")
    if cells["name"] not in {mine.name, written_name(mine.answers) if mine.answers else mine.name}:
        return ReturnRow(row.number, ReturnState.WRONG, "name", mine)
    if mine.step is Step.CARD_RECEIVED:
        return ReturnRow(row.number, ReturnState.KNOWN, application=mine)
    if mine.step is not Step.SENT_TO_PRODUCTION:
        return ReturnRow(row.number, ReturnState.WRONG, "step", mine)
    stage, reason = cells.get("failed_stage", ""), cells.get("failed_reason", "")
    if stage or reason:
        card = ReturnedCard(mine.id, failed_stage=stage, failed_reason=reason)
        return ReturnRow(row.number, ReturnState.FAILED, reason or stage, mine, card)
    wrong = _wrong_card(store, number, code)
    if wrong:
        return ReturnRow(row.number, ReturnState.WRONG, wrong, mine)
    days = [_day(cells.get(name, "")) for name in ("issue_date", "valid_until")]
    if any(day is None and cells.get(name) for day, name in zip(days, ("issue_date", "valid_until"), strict=True)):
        return ReturnRow(row.number, ReturnState.WRONG, "date", mine)
    card = ReturnedCard(mine.id, number, code, days[0], days[1], cells.get("box", ""))
    return ReturnRow(row.number, ReturnState.TAKEN, application=mine, card=card)


def _wrong_card(store: Store, number: str, code: str) -> str:
    """Return what is wrong with a card's numbers as a key, empty if nothing is."""
    if not is_well_formed(number):
        return "card_number"
    if not _CODE.fullmatch(code):
        return "identification_code"
    return "stock" if store.find_blank(number) or store.find_blank(code) else ""


def _application(store: Store, id_number: str) -> Application | None:
    return store.open_for(id_number.upper()) if id_number else None


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _shortened(text: str, most: int) -> str:
    """Return a text that takes at most so many bytes in GBK, no character cut."""
    return text.encode("gbk", "replace")[:most].decode("gbk", "ignore")
