"""Editions of forms that the centre delivers: checked whole when they come, kept for ever once they were taken.

What was taken is copied into this desk's own rows, since applications go on with an edition that the centre withdrew.
What is refused is noted with its reason, and the former edition stays in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Engine, delete, select

from sscard_desk import __version__
from sscard_desk.domain.errors.operator import EditionUnknown, FormDefinitionWrong
from sscard_desk.forms.editions import Editions
from sscard_desk.forms.load import EditionFiles, load_form, read_delivered, shipped_forms
from sscard_desk.store import proofs, reference, settings, tables
from sscard_desk.store.engine import reading
from sscard_desk.wire.feed import read_row
from sscard_desk.wire.forms import KIND, FormEdition, edition_id, seal_of

TAKEN: Final = "form"
REFUSED: Final = "form_refused"

UNREADABLE: Final = "unreadable"
SEAL: Final = "seal"
CHANGED: Final = "changed"
DEFINITION: Final = "definition"
UNKNOWN_FORM: Final = "unknown-form"

_item = tables.item.c


@dataclass(frozen=True)
class RefusedEdition:
    """A delivered edition that this desk does not use.

    Attributes:
        form: which form, as far as that could be read.
        edition: likewise.
        why: a word of this module.
        problem: the first thing that is wrong with its definition, for `definition`.
    """

    form: str
    edition: str
    why: str
    problem: FormDefinitionWrong | None = None


class DeliveredForms:
    """The editions that were taken: `forms.editions.Deliveries` over the encrypted database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def editions(self, form: str) -> Sequence[tuple[str, bool]]:
        """Return (edition, whether the centre withdrew it) of a form, in the order in which they came."""
        taken = select(_item.id).where((_item.scope == reference.LOCAL) & (_item.kind == TAKEN))
        with reading(self._engine) as connection:
            ids = connection.execute(taken.order_by(_item.position)).scalars().all()
            withdrawn = _withdrawn(connection) if ids else set()
        mine = [(each, each.partition("/")) for each in ids]
        return [(edition, each in withdrawn) for each, (name, _, edition) in mine if name == form]

    def files(self, form: str, edition: str) -> EditionFiles | None:
        """Return the files of an edition, None if it never came."""
        with reading(self._engine) as connection:
            row = reference.find(connection, TAKEN, edition_id(form, edition))
        return _files(FormEdition.of(row)) if row else None


def _files(edition: FormEdition) -> EditionFiles:
    codes = {name: text.encode() for name, text in edition.codes}
    return EditionFiles(edition.form_toml.encode(), edition.paper_toml.encode(), codes)


def _withdrawn(connection: Connection) -> set[str]:
    scopes = connection.execute(select(tables.scope.c.scope)).scalars().all()  # named, the primary key serves
    if not scopes:
        return set()
    gone = (_item.scope.in_(scopes)) & (_item.kind == KIND) & (_item.deleted != tables.FALSE)
    return set(connection.execute(select(_item.id).where(gone)).scalars())


def editions_of(engine: Engine) -> Editions:
    """Return every edition that this desk can open."""
    return Editions(DeliveredForms(engine))


def receive(connection: Connection, item_id: str, body: bytes) -> None:
    """Take an edition that the feed brought, or note why not; the page that brought it goes on either way.

    Args:
        connection: the page's transaction.
        item_id: the item's id.
        body: the item's body.
    """
    try:
        row = read_row(body)
    except msgspec.MsgspecError:
        form, _, edition = item_id.partition("/")
        _refuse(connection, item_id, FormEdition(form, edition, "", ""), UNREADABLE)
        return
    came = FormEdition.of(row)
    raw_key = settings.read(connection, settings.RECEIPT_KEY)
    key = Ed25519PublicKey.from_public_bytes(raw_key) if raw_key else None
    if key is None or came.id != item_id or not proofs.sealed(key, came.sealed_bytes(), seal_of(row)):
        _refuse(connection, item_id, came, SEAL)
        return
    known = reference.find(connection, TAKEN, item_id)
    if known:
        if FormEdition.of(known) != came:
            _refuse(connection, item_id, came, CHANGED)
        return
    _judge(connection, item_id, came)


def refused_by_others(connection: Connection) -> bool:
    """Return whether another version of this program refused an edition."""
    return any(row.get("program") != __version__ for row in reference.rows(connection, REFUSED))


def try_again(connection: Connection) -> None:
    """Judge again what an older program refused: a newer one may know the keys that were unknown then."""
    for row in reference.rows(connection, REFUSED):
        if row.get("program") == __version__:
            continue
        body = connection.execute(
            select(_item.body).where((_item.kind == KIND) & (_item.id == row["id"]) & (_item.deleted == tables.FALSE))
        ).scalar()
        if body is not None:
            receive(connection, row["id"], body)


def refused(connection: Connection) -> Sequence[RefusedEdition]:
    """Return the delivered editions that this desk does not use."""
    return [
        RefusedEdition(row.get("form", ""), row.get("edition", ""), row.get("why", ""), _problem(row))
        for row in reference.rows(connection, REFUSED)
    ]


def forget_note(connection: Connection, item_id: str) -> None:
    """Forget that an edition was refused."""
    same = (_item.scope == reference.LOCAL) & (_item.kind == REFUSED) & (_item.id == item_id)
    connection.execute(delete(tables.item).where(same))


def _judge(connection: Connection, item_id: str, came: FormEdition) -> None:
    if came.form not in shipped_forms():
        _refuse(connection, item_id, came, UNKNOWN_FORM)
        return
    try:
        definition = read_delivered(came.form, _files(came))
        shipped = load_form(came.form, came.edition)
    except FormDefinitionWrong as problem:
        _refuse(connection, item_id, came, DEFINITION, problem)
        return
    except EditionUnknown:
        shipped = definition
    same_letter = definition.letter == load_form(came.form).letter  # serials name the form by it
    if definition.edition != came.edition or definition != shipped or not same_letter:
        _refuse(connection, item_id, came, CHANGED)
        return
    reference.keep_local(connection, TAKEN, item_id, came.row(b""))
    forget_note(connection, item_id)


def _refuse(
    connection: Connection, item_id: str, came: FormEdition, why: str, problem: FormDefinitionWrong | None = None
) -> None:
    where = {} if problem is None else {"problem": msgspec.json.encode(problem.values()).decode()}
    note = {"form": came.form, "edition": came.edition, "why": why, "program": __version__}
    reference.keep_local(connection, REFUSED, item_id, note | where)


def _problem(row: dict[str, str]) -> FormDefinitionWrong | None:
    if "problem" not in row:
        return None
    values = msgspec.json.decode(row["problem"])
    details = tuple((str(name), str(value)) for name, value in values.pop("details"))
    return FormDefinitionWrong(**values, details=details)
