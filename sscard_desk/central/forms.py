"""Editions of forms that a centre operator delivers to every desk, or withdraws from use."""

from pathlib import Path

from sqlalchemy import Connection, select

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import import_rows, remove_rows
from sscard_desk.central.store.tables import feed
from sscard_desk.domain.errors.operator import EditionTaken, EditionUnknown
from sscard_desk.forms.load import pack
from sscard_desk.forms.proof import Proof
from sscard_desk.wire.feed import REFERENCE, read_row
from sscard_desk.wire.forms import KIND, FormEdition, edition_id


def deliver_form(centre: OpenCentre, folder: Path, proof: Proof | None = None) -> tuple[FormEdition, bool]:
    """Deliver the form in a folder to every desk; it counts from its `valid_from` on, for applications begun then.

    Every code table that it names goes with it, those of its own (`codes/`) and those of the program, so that later
    tables change nothing in applications that began with it.

    Args:
        centre: where from.
        folder: with `form.toml` and `paper.toml`.
        proof: tries the definition on paper before it goes out.

    Returns:
        The edition, and whether anything changed at the centre.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; nothing is delivered.
        EditionTaken: this edition was delivered before with other content.
    """
    definition, files = pack(folder, proof)
    codes = tuple(sorted((name, data.decode()) for name, data in files.codes.items()))
    edition = FormEdition(definition.name, definition.edition, files.form.decode(), files.paper.decode(), codes)
    with centre.database.reading() as connection:
        if any(sha256 != edition.sha256 for sha256 in _delivered(connection, edition.id)):
            raise EditionTaken(form=edition.form, edition=edition.edition)
    row = edition.row(centre.keys.receipt.sign(edition.sealed_bytes()))
    return edition, bool(import_rows(centre, REFERENCE, KIND, {edition.id: row}))


def withdraw_form(centre: OpenCentre, form: str, edition: str) -> None:
    """Withdraw an edition: no application begins with it any more; those that did go on with it.

    Raises:
        EditionUnknown: it was not delivered, or is withdrawn already.
    """
    if not remove_rows(centre, REFERENCE, KIND, [edition_id(form, edition)]):
        raise EditionUnknown(form=form, edition=edition)


def _delivered(connection: Connection, item_id: str) -> set[str]:
    """Return the digests of everything that was ever delivered under an id; the feed keeps its history."""
    bodies = connection.execute(
        select(feed.c.body).where(feed.c.scope == REFERENCE, feed.c.kind == KIND, feed.c.id == item_id)
    ).scalars()
    return {read_row(body)["sha256"] for body in bodies if body}
