import json
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sscard_desk.domain.errors.operator import (
    AccountExists,
    AccountPaused,
    AccountUnknown,
    PasswordTooShort,
    PasswordWrong,
    SignInNeeded,
)
from sscard_desk.domain.errors.store import SlotDamaged
from sscard_desk.domain.ids import Role
from sscard_desk.security.passwords import Cost
from sscard_desk.security.pause import Pause
from sscard_desk.security.sessions import SignedIn
from sscard_desk.security.slots import Account, Slots
from sscard_desk.security.staff import confirm, seal_holds, staff_row

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
KEY = secrets.token_bytes(32)
LOGIN = "王芳"
PASSWORD = "训练-clerk-1"


@pytest.fixture
def slots(tmp_path: Path) -> Slots:
    return Slots(tmp_path, cost=CHEAP)


def _clerk(slots: Slots, login: str = LOGIN, role: Role = Role.CLERK) -> Account:
    return slots.add(login, PASSWORD, display_name="王芳", role=role, database_key=KEY)


def test_a_slot_gives_the_database_key_and_a_session_that_signs(slots: Slots) -> None:
    account = _clerk(slots)
    opened = slots.unlock(" 王芳 ", PASSWORD)
    assert opened.database_key == KEY
    session = opened.session
    assert (session.account, session.display_name, session.role) == (account.account, "王芳", Role.CLERK)
    Ed25519PublicKey.from_public_bytes(account.public_key).verify(session.sign(b"act"), b"act")


def test_each_account_opens_the_same_database_with_its_own_password_and_key(slots: Slots) -> None:
    first = _clerk(slots)
    second = slots.add("Li", "another one", display_name="李", role=Role.SUPERVISOR, database_key=KEY)
    assert slots.unlock("li", "another one").database_key == slots.unlock(LOGIN, PASSWORD).database_key == KEY
    assert first.public_key != second.public_key
    assert first.account != second.account
    with pytest.raises(PasswordWrong):
        slots.unlock("li", PASSWORD)


def test_the_real_cost_is_64_mib_and_three_passes_and_stands_in_the_slot(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    _clerk(slots)
    slot = json.loads((tmp_path / "key-slots.json").read_bytes())["slots"][0]
    assert (slot["memory_kib"], slot["passes"]) == (65_536, 3)
    assert slots.unlock(LOGIN, PASSWORD).database_key == KEY


def test_files_beside_the_database_hold_no_name_and_are_private(tmp_path: Path, slots: Slots) -> None:
    account = _clerk(slots, login="wangfang")
    with pytest.raises(PasswordWrong):
        slots.unlock("wangfang", "wrong password")
    for file in tmp_path.iterdir():
        raw = file.read_bytes()
        for word in (b"wangfang", "王芳".encode(), account.account.encode(), KEY, KEY.hex().encode(), b"clerk"):
            assert word not in raw
        assert file.stat().st_mode & 0o077 == 0


def test_a_changed_password_opens_what_the_old_one_opened(slots: Slots) -> None:
    account = _clerk(slots)
    session = slots.unlock(LOGIN, PASSWORD).session
    session.lock()
    slots.change_password(LOGIN, PASSWORD, "the new one")
    with pytest.raises(PasswordWrong):
        slots.unlock(LOGIN, PASSWORD)
    opened = slots.unlock(LOGIN, "the new one")
    assert (opened.database_key, opened.session.public_key) == (KEY, account.public_key)
    slots.unlock_again(session, "the new one")
    assert not session.locked


def test_a_short_password_is_refused_outside_training_only(tmp_path: Path, slots: Slots) -> None:
    with pytest.raises(PasswordTooShort) as refused:
        slots.add("a", "1234567", display_name="a", role=Role.CLERK, database_key=KEY)
    assert refused.value.need == 8
    training = Slots(tmp_path / "training", training=True, cost=CHEAP)
    training.add("a", "1", display_name="a", role=Role.CLERK, database_key=KEY)
    assert training.unlock("a", "1").database_key == KEY


def test_names_are_used_once_and_a_removed_account_has_no_way_in(slots: Slots) -> None:
    _clerk(slots)
    with pytest.raises(AccountExists):
        _clerk(slots)
    slots.remove(LOGIN)
    with pytest.raises(AccountUnknown):
        slots.unlock(LOGIN, PASSWORD)


def test_an_unknown_name_and_a_folder_without_slots_say_so(slots: Slots) -> None:
    assert not slots.exist()
    with pytest.raises(AccountUnknown):
        slots.unlock(LOGIN, PASSWORD)
    _clerk(slots)
    assert slots.exist()
    with pytest.raises(AccountUnknown):
        slots.unlock("somebody", PASSWORD)


def test_a_locked_session_signs_nothing_until_its_own_password_comes(slots: Slots) -> None:
    _clerk(slots)
    _clerk(slots, login="other")
    session = slots.unlock(LOGIN, PASSWORD).session
    session.lock()
    with pytest.raises(SignInNeeded):
        session.sign(b"act")
    with pytest.raises(PasswordWrong):
        slots.unlock_again(session, "not this one")
    with pytest.raises(SignInNeeded):
        session.resume(slots.unlock("other", PASSWORD).session)
    assert session.locked
    slots.unlock_again(session, PASSWORD)
    assert len(session.sign(b"act")) == 64


def test_neither_keys_nor_names_show_in_representations(slots: Slots) -> None:
    account = _clerk(slots)
    opened = slots.unlock(LOGIN, PASSWORD)
    shown = repr(opened) + repr(account) + repr(opened.session)
    assert "王芳" not in shown
    assert repr(KEY) not in shown
    assert KEY.hex() not in shown


@pytest.mark.parametrize("field", ["sealed", "nonce", "salt", "name", "id", "kind"])
def test_a_slot_that_was_changed_never_opens(tmp_path: Path, slots: Slots, field: str) -> None:
    _clerk(slots)
    path = tmp_path / "key-slots.json"
    content = json.loads(path.read_bytes())
    value = content["slots"][0][field]
    content["slots"][0][field] = ("A" if value[0] != "A" else "B") + value[1:]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises((PasswordWrong, AccountUnknown)):
        slots.unlock(LOGIN, PASSWORD)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"format"', '"for'), ('"memory_kib": 64', '"memory_kib": 9999999999'), ('"lanes": 1', '"lanes": 0')],
)
def test_a_slot_file_that_cannot_be_right_is_reported_as_damaged(
    tmp_path: Path, slots: Slots, old: str, new: str
) -> None:
    _clerk(slots)
    path = tmp_path / "key-slots.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SlotDamaged):
        slots.unlock(LOGIN, PASSWORD)


def test_slots_of_another_kind_are_passed_over_and_kept(tmp_path: Path, slots: Slots) -> None:
    _clerk(slots)
    path = tmp_path / "key-slots.json"
    content = json.loads(path.read_bytes())
    content["slots"].append(content["slots"][0] | {"id": "r" * 32, "kind": "recovery"})
    path.write_text(json.dumps(content), encoding="utf-8")
    assert slots.unlock(LOGIN, PASSWORD).database_key == KEY
    slots.change_password(LOGIN, PASSWORD, "the new one")
    assert {slot["kind"] for slot in json.loads(path.read_bytes())["slots"]} == {"password", "recovery"}


class _Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def paused(tmp_path: Path, clock: _Clock) -> Slots:
    slots = Slots(tmp_path, cost=CHEAP, pause=Pause(tmp_path / "tries", clock))
    _clerk(slots)
    return slots


def _wrong(slots: Slots, times: int) -> list[int]:
    left = []
    for _ in range(times):
        with pytest.raises(PasswordWrong) as wrong:
            slots.unlock(LOGIN, "wrong password")
        left.append(wrong.value.tries_left)
    return left


def test_five_wrong_passwords_pause_the_right_one_too_and_longer_each_time(paused: Slots, clock: _Clock) -> None:
    assert _wrong(paused, 5) == [4, 3, 2, 1, 0]
    waits = []
    for _ in range(3):
        with pytest.raises(AccountPaused) as pause:
            paused.unlock(LOGIN, PASSWORD)
        waits.append(pause.value.seconds)
        clock.now += pause.value.seconds
        _wrong(paused, 1)
    assert waits == sorted(set(waits))
    clock.now += 10_000
    assert paused.unlock(LOGIN, PASSWORD).database_key == KEY
    assert _wrong(paused, 1) == [4]


def test_a_pause_outlives_the_program_and_a_clock_set_back(paused: Slots, clock: _Clock, tmp_path: Path) -> None:
    _wrong(paused, 5)
    again = Slots(tmp_path, cost=CHEAP, pause=Pause(tmp_path / "tries", clock))
    clock.now -= 5_000
    with pytest.raises(AccountPaused) as pause:
        again.unlock(LOGIN, PASSWORD)
    assert pause.value.seconds <= 31


def test_one_account_in_pause_does_not_stop_another(paused: Slots) -> None:
    _clerk(paused, login="other")
    _wrong(paused, 5)
    assert paused.unlock("other", PASSWORD).database_key == KEY


def test_the_staff_list_has_the_last_word_on_a_role(slots: Slots) -> None:
    account = _clerk(slots, role=Role.SUPERVISOR)
    session = slots.unlock(LOGIN, PASSWORD).session
    rows = [staff_row(account.account, "王芳二", Role.CLERK, account.public_key)]
    confirm(session, rows)
    assert (session.role, session.display_name) == (Role.CLERK, "王芳二")
    confirm(session, [rows[0] | {"role": "inspector"}])
    assert session.role is Role.CLERK
    with pytest.raises(AccountUnknown):
        confirm(session, [])
    with pytest.raises(AccountUnknown):
        confirm(session, [rows[0] | {"public_key": "00" * 32}])


def test_a_seal_holds_for_its_account_and_data_alone(slots: Slots) -> None:
    account = _clerk(slots)
    session: SignedIn = slots.unlock(LOGIN, PASSWORD).session
    rows = [staff_row(account.account, "王芳", Role.CLERK, account.public_key)]
    seal = session.sign(b"act")
    assert seal_holds(account.account, b"act", seal, rows)
    assert not seal_holds(account.account, b"another", seal, rows)
    assert not seal_holds(account.account, b"act", bytes(64), rows)
    assert not seal_holds(account.account, b"act", seal, [])
