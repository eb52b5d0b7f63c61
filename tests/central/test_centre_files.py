"""A centre's folder: keys, database, mode."""

import datetime as dt
import ipaddress
from pathlib import Path

import pytest
from cryptography import x509
from sqlalchemy import inspect

from sscard_desk.central.centre import init_centre, open_centre
from sscard_desk.central.keys import CentreKeys
from sscard_desk.central.migrations import ours
from sscard_desk.central.store.database import SqliteDatabase
from sscard_desk.central.store.tables import metadata
from sscard_desk.domain.errors.centre_database import CentreNotMade
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.errors.store import DatabaseNewer


def test_the_mode_is_fixed_when_the_centre_is_made(tmp_path: Path) -> None:
    for training in (True, False):
        folder = tmp_path / str(training)
        init_centre(folder, training=training, name="示例中心").close()
        centre = open_centre(folder)
        assert (centre.training, centre.name) == (training, "示例中心")
        centre.close()


def test_a_centre_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here first")
    with pytest.raises(FolderNotEmpty):
        init_centre(tmp_path, training=True, name="x")


def test_a_folder_without_a_centre_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(CentreNotMade):
        open_centre(tmp_path)


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "centre.db")
    with database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {ours() + 1}")
    database.close()
    with pytest.raises(DatabaseNewer):
        SqliteDatabase(tmp_path / "centre.db")


def test_the_migrations_make_the_tables_that_the_program_reads(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "centre.db")
    with database.reading() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            wanted = {column.name: bool(column.nullable) for column in table.columns}
            assert columns.keys() == wanted.keys(), table.name
            assert found.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
    database.close()


def test_what_a_failed_block_wrote_is_gone(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "centre.db")

    def write_and_fail() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO meta VALUES ('a', 'b')")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_and_fail()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM meta").scalar_one() == 0
    database.close()


def test_private_keys_are_for_their_owner_alone_and_the_authority_signs_the_server(tmp_path: Path) -> None:
    keys = CentreKeys.make(tmp_path, ("localhost", "127.0.0.1"), dt.datetime.now(dt.UTC), 820)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.key")} == {0o600}
    authority = x509.load_pem_x509_certificate(keys.authority)
    server = x509.load_pem_x509_certificate(keys.server_certificate.read_bytes())
    server.verify_directly_issued_by(authority)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert names.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address("127.0.0.1")]
    assert CentreKeys.load(tmp_path).receipt_key == keys.receipt_key
    assert len(keys.fingerprint) == 32
