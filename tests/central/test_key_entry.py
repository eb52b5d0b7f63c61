"""How a key comes to a centre: in components, with check values, into a place that opens for who may."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.central.card_keys import key_sheet
from sscard_desk.central.card_keys.components import Component, combined
from sscard_desk.central.card_keys.keeping import NewKey, keep_key, keep_training_keys, sound
from sscard_desk.central.card_keys.key_place import KeyLabel
from sscard_desk.central.card_keys.places import Places
from sscard_desk.central.card_keys.vault import Vault
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.store import card_keys as kept
from sscard_desk.domain.errors.card_keys import (
    CardKeyExists,
    CardKeysAway,
    KeyComponentWrong,
    KeysNotSetUp,
    TokenRefused,
    TrainingKeyRefused,
    VaultDamaged,
    VaultPassphraseWrong,
)
from tests.cli.said import Said
from tests.cli.shapes import differs, shapes
from tests.machines.key_places import PASSPHRASE, give_keys, make_place, new_vault, secret_file, soft_token
from tests.machines.pcsc import training_profile

pytestmark = pytest.mark.real
DES = Algorithm.TRIPLE_DES
ONE, TWO = bytes(range(16)), bytes(range(100, 116))
KEY = bytes(a ^ b for a, b in zip(ONE, TWO, strict=True))
CHECK = key_sheet.check_value(DES, KEY)
LABEL = KeyLabel("009412", DES)


def test_check_values_are_those_that_everybody_computes() -> None:
    # the first three bytes of 3DES-ECB over eight zero bytes; this key's value stands in many manuals
    assert key_sheet.check_value(DES, bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")).hex().upper() == "08D7B4"


def test_components_make_the_key_and_each_is_held_against_its_check_value() -> None:
    pieces = [Component.read(f"{each.hex()} {key_sheet.check_value(DES, each).hex()}\n", 1) for each in (ONE, TWO)]
    assert combined(pieces, DES, CHECK) == KEY
    assert combined([Component(ONE), Component(TWO)], DES, CHECK) == KEY
    assert ONE.hex() not in repr(pieces)


@pytest.mark.parametrize(
    ("components", "check", "which", "reason"),
    [
        ([Component(ONE)], CHECK, "key", "few"),
        ([Component(ONE), Component(ONE)], CHECK, "key", "same"),
        ([Component(ONE), Component(TWO), Component(KEY)], CHECK, "key", "same"),
        ([Component(ONE), Component(TWO)], b"abc", "key", "check"),
        ([Component(ONE, b"abc"), Component(TWO)], CHECK, "1", "check"),
        ([Component(ONE), Component(TWO, b"abc")], CHECK, "2", "check"),
    ],
)
def test_what_is_wrong_with_a_component_is_told_without_it(
    components: list[Component], check: bytes, which: str, reason: str
) -> None:
    with pytest.raises(KeyComponentWrong) as wrong:
        combined(components, DES, check)
    assert (wrong.value.which, wrong.value.reason) == (which, reason)


@pytest.mark.parametrize("line", ["", "00", ONE.hex() + "0", ONE.hex() + " 12345", "x" * 32])
def test_a_line_that_is_no_component_is_refused(line: str) -> None:
    with pytest.raises(KeyComponentWrong) as wrong:
        Component.read(line, 2)
    assert (wrong.value.which, wrong.value.reason) == ("2", "form")
    assert line not in str(wrong.value) or not line


def test_a_vault_opens_with_any_of_its_passphrases_and_with_no_other(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    vault.put(LABEL, KEY)
    vault.add_slot("second", b"other words")
    path = tmp_path / "card_keys.vault"
    assert Vault.open(path, b"other words").labels() == Vault.open(path, PASSPHRASE).labels() == (LABEL,)
    assert vault.drop_slot("keeper")
    assert not vault.drop_slot("second")  # the last one
    assert not vault.drop_slot("nobody")
    for wrong in (PASSPHRASE, b"", b"other word"):
        with pytest.raises(VaultPassphraseWrong):
            Vault.open(path, wrong)


def test_a_vaults_file_shows_nothing_is_its_owners_alone_and_no_changed_byte_goes_unseen(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    vault.put(LABEL, KEY)
    path = tmp_path / "card_keys.vault"
    content = path.read_bytes()
    assert KEY not in content
    assert KEY.hex().encode() not in content
    assert b"009412" not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    sealed = content[-40:]
    for changed in (content[:-1] + bytes((content[-1] ^ 1,)), content[:-40] + sealed[::-1], content[:50], b"no vault"):
        path.write_bytes(changed)
        with pytest.raises((VaultDamaged, VaultPassphraseWrong)):
            Vault.open(path, PASSPHRASE)
    path.unlink()
    with pytest.raises(KeysNotSetUp):
        Vault.open(path, PASSPHRASE)
    vault.close()
    with pytest.raises(CardKeysAway):
        vault.proof(LABEL)


@pytest.fixture
def production(tmp_path: Path) -> Iterator[OpenCentre]:
    made = init_centre(tmp_path / "production", training=False, name="示例中心")
    yield made
    made.close()


@pytest.mark.parametrize("place", ["pkcs11", "vault"])
def test_a_published_key_is_known_by_its_value_and_stays_out_of_production(production: OpenCentre, place: str) -> None:
    make_place(production, place)
    with pytest.raises(TrainingKeyRefused):
        keep_training_keys(production, training_profile(), place)
    with pytest.raises(TrainingKeyRefused):
        keep_key(production, NewKey(LABEL, place, "write"), training_profile().training_keys[0x04])
    assert production.card_keys.place(place).labels() == ()
    held = keep_key(production, NewKey(LABEL, place, "write"), KEY)
    assert (held.training, held.check_value) == (False, CHECK.hex().upper())
    with pytest.raises(CardKeyExists):
        keep_key(production, NewKey(LABEL, place, "write"), TWO)
    assert sound(production, held)


@pytest.mark.parametrize("place", ["pkcs11", "vault"])
def test_a_key_that_is_not_the_one_that_came_in_is_seen(centre: OpenCentre, place: str) -> None:
    give_keys(centre, place)
    with centre.database.reading() as connection:
        held = kept.find_key(connection, "009412", "TRIPLE_DES")
    assert held is not None
    assert held.training
    there = centre.card_keys.place(place)
    there.take_out(LABEL)
    assert sound(centre, held) is False
    there.put(LABEL, TWO)
    assert sound(centre, held) is False
    there.take_out(LABEL)
    there.put(LABEL, training_profile().training_keys[0x04])
    assert sound(centre, held) is True


def test_a_place_is_made_once_and_one_that_is_not_there_is_told(centre: OpenCentre, tmp_path: Path) -> None:
    with pytest.raises(KeysNotSetUp):
        centre.card_keys.place("pkcs11")
    token = soft_token()
    open_to_all = secret_file(tmp_path / "open", b"pin")
    open_to_all.chmod(0o644)
    for wrong in (open_to_all, tmp_path / "none", secret_file(tmp_path / "empty", b"")):
        with pytest.raises(TokenRefused) as refused:
            centre.card_keys.make_token(token.module, token.label, wrong)
        assert refused.value.reason == "pin"
    assert centre.card_keys.names() == ()
    make_place(centre, "pkcs11")
    make_place(centre, "vault")
    for place in ("pkcs11", "vault"):
        with pytest.raises(KeysNotSetUp):
            make_place(centre, place)
    assert centre.card_keys.names() == ("pkcs11", "vault")


def test_a_vault_without_a_file_waits_for_its_passphrase(centre: OpenCentre) -> None:
    centre.card_keys.make_vault("keeper", PASSPHRASE, None)
    centre.card_keys.close()
    with pytest.raises(VaultPassphraseWrong):
        centre.card_keys.place("vault")
    centre.card_keys.ask_with(lambda: PASSPHRASE)
    assert centre.card_keys.place("vault").labels() == ()
    again = Places(centre.folder)
    again.unlock(PASSPHRASE)
    assert again.vault().slots == ("keeper",)


def call(folder: Path, *words: str) -> tuple[int, Said, str]:
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", "central", "keys", *words, "--folder", str(folder), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    (line,) = done.stdout.strip().splitlines()
    return done.returncode, json.loads(line), done.stdout + done.stderr


def test_the_verbs_make_places_bring_keys_in_and_show_them_and_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    init_centre(folder, training=True, name="示例中心").close()
    token = soft_token()
    words = secret_file(tmp_path / "words", PASSPHRASE)
    pieces = [secret_file(tmp_path / f"piece{n}", each.hex().encode()) for n, each in enumerate((ONE, TWO))]
    said = ""

    def done(*arguments: str) -> Said:
        nonlocal said
        status, result, heard = call(folder, *arguments)
        said += heard
        assert status == 0, heard
        return result

    token_words = ("--module", str(token.module), "--token", token.label, "--pin-file", str(token.pin_file))
    assert done("init", "--place", "pkcs11", *token_words) == {"places": ["pkcs11"]}
    vault = done("init", "--place", "vault", "--passphrase-file", str(words), "--keep-file")
    assert vault == {"places": ["pkcs11", "vault"]}
    new = secret_file(tmp_path / "new", b"other words")
    assert done("slot", "--add", "second", "--new-passphrase-file", str(new))["slots"] == ["first", "second"]
    assert done("slot", "--drop", "first", "--passphrase-file", str(new))["changed"] is True
    assert done("slot", "--add", "first", "--new-passphrase-file", str(words), "--passphrase-file", str(new))["changed"]
    done("import", "--place", "vault", "--training-profile", "training_sm4")
    files = [word for piece in pieces for word in ("--component-file", str(piece))]
    brought = ("import", "--place", "pkcs11", "--key", "009412", "--purpose", "write", *files)
    assert done(*brought, "--check", CHECK.hex())["keys"] == [
        {"key": "009412", "cipher": "TRIPLE_DES", "check_value": CHECK.hex().upper()}
    ]
    status, refused, heard = call(folder, *brought, "--check", "000000")
    said += heard
    assert (status, refused["error"]["code"]) == (1, "E435")
    assert done("limit", "--kind", "read", "--per-hour", "5", "--desk", "D-1")["per_hour"] == 5
    listed = done("list")
    assert differs(listed, shapes()["central keys"]) == []
    keys = listed["keys"]
    assert isinstance(keys, list)
    assert {(key["key"], key["place"], key["sound"], key["training"]) for key in keys} >= {
        ("009412", "pkcs11", True, False),
        ("009412", "vault", True, True),
    }
    assert done("release", "--card", "1" * 32, "--reason", "x")["application"] == ""
    done("remove", "--key", "009412", "--cipher", "3des", "--reason", "worn out")
    uses = done("show-audit")["uses"]
    assert isinstance(uses, list)
    assert [use["act"] for use in uses][-3:] == ["import", "limit", "remove"]
    assert uses[-1]["reason"] == "worn out"
    secret = (ONE, TWO, KEY, PASSPHRASE, b"other words", *training_profile().training_keys.values())
    assert not any(each.hex() in said.lower() or repr(each)[2:-1] in said for each in secret)


def test_a_use_that_the_verbs_cannot_do_is_wrong_usage(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    init_centre(folder, training=True, name="示例中心").close()
    assert call(folder, "init", "--place", "pkcs11")[0] == 2
    assert call(folder, "init", "--place", "vault", "--keep-file")[0] == 2
    assert call(folder, "import", "--place", "vault", "--key", "94")[0] == 2
    assert call(folder, "limit", "--kind", "read", "--per-hour", "-1")[0] == 2
