"""The last password of a desk is lost: request and answer as texts, for one desk, one account, one password, once."""

import pytest

from sscard_desk.bootstrap import key_slots
from sscard_desk.bootstrap.desk import enter
from sscard_desk.bootstrap.rescue import FILE, ask, finish
from sscard_desk.central import rescue_key
from sscard_desk.central.imports import StaffMember, import_staff
from sscard_desk.central.rescues import answer
from sscard_desk.central.staff import accounts_of, end_account
from sscard_desk.central.store.desks import revoke_desk
from sscard_desk.domain.errors.operator import PasswordWrong, RoleMissing
from sscard_desk.domain.errors.rescue import RescueAnswered, RescueKeyAway, RescuePassphraseWrong, RescueRequestWrong
from sscard_desk.domain.errors.slots import RecoveryAnswerWrong, RecoveryUnready
from sscard_desk.domain.errors.staff import AccountEnded, AccountNotListed
from sscard_desk.security.passwords import Cost
from sscard_desk.wire.rescue import RescueAnswer, RescueRequest
from tests.bootstrap.test_key_slots import LI, POINT, WANG, Desk, desk

__all__ = ["desk"]
PASSPHRASE = b"kept by two people"
NEW = "what I choose now"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def ready(desk: Desk) -> Desk:
    rescue_key.make(desk.centre.open, PASSPHRASE)
    import_staff(desk.centre.open, POINT, [StaffMember(LI, "李静", "administrator", login="li")])
    assert desk.sync().proved
    return desk


def answered(desk: Desk, request: RescueRequest, account: str = LI) -> str:
    return answer(desk.centre.open, request.text(), account, "赵", PASSPHRASE).text()


def test_an_administrator_sets_a_new_password_with_the_centres_answer_and_both_sides_keep_it(ready: Desk) -> None:
    ready.open.store.close()
    text = answered(ready, ask(ready.home, NEW, CHEAP))
    assert finish(ready.home, text.lower().replace("-", " "), NEW).account == LI
    li = ready.again("li", NEW)
    assert li.session.role.value == "administrator"
    assert [line.kind for line in li.store.history(LI)] == ["slot.given"]
    assert ready.sync().set_aside == 0
    known = {each.account: each.public_keys for each in accounts_of(ready.centre.open, POINT)}
    assert known[LI] == (li.session.public_key,)
    assert li.store.verify().sound


def test_an_answer_opens_once_with_its_password_at_its_desk_alone(ready: Desk) -> None:
    key = ready.open.store.key
    ready.open.store.close()
    text = answered(ready, ask(ready.home, NEW, CHEAP))
    with pytest.raises(RecoveryAnswerWrong):
        finish(ready.home, text, "another password")
    request = (ready.home / FILE).read_bytes()
    finish(ready.home, text, NEW)
    assert ready.again("li", NEW).store.key != key
    ready.open.store.close()
    with pytest.raises(RecoveryAnswerWrong):
        finish(ready.home, text, NEW)
    (ready.home / FILE).write_bytes(request)
    with pytest.raises(Exception, match="E505"):  # the key in it is not the database's any more
        finish(ready.home, text, NEW)
    ready.again("li", NEW)


def _altered(text: str) -> str:
    """Another character in the middle: some bits of the last one stand for nothing."""
    at = len(text) // 2
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def test_an_altered_answer_or_one_that_the_centre_did_not_sign_opens_nothing(ready: Desk) -> None:
    ready.open.store.close()
    good = RescueAnswer.read(answered(ready, ask(ready.home, NEW, CHEAP)))
    for forged in (
        RescueAnswer(good.request, good.account, good.box, bytes(64)),
        RescueAnswer(good.request, WANG, good.box, good.seal),
        RescueAnswer("0" * 32, good.account, good.box, good.seal),
    ):
        with pytest.raises(RecoveryAnswerWrong):
            finish(ready.home, forged.text(), NEW)
    with pytest.raises(RecoveryAnswerWrong):
        finish(ready.home, _altered(good.text()), NEW)
    assert finish(ready.home, good.text(), NEW).account == LI
    ready.again("li", NEW)


def test_the_centre_answers_a_request_once_for_an_administrator_of_an_enrolled_desk(ready: Desk) -> None:
    request = ask(ready.home, NEW, CHEAP)
    with pytest.raises(RoleMissing):
        answered(ready, request, WANG)
    with pytest.raises(AccountNotListed):
        answered(ready, request, "f" * 32)
    with pytest.raises(RescuePassphraseWrong):
        answer(ready.centre.open, request.text(), LI, "赵", b"guess")
    with pytest.raises(RescueRequestWrong):
        answer(ready.centre.open, request.text()[:-2] + "AA", LI, "赵", PASSPHRASE)
    answered(ready, request)
    with pytest.raises(RescueAnswered):
        answered(ready, request)
    end_account(ready.centre.open, LI)
    with pytest.raises(AccountEnded):
        answered(ready, ask(ready.home, NEW, CHEAP))
    import_staff(ready.centre.open, POINT, [StaffMember(LI, "李静", "administrator", login="li")])
    with ready.centre.open.database.writing() as connection:
        revoke_desk(connection, "D-0001", ready.centre.open.now_ms())
    with pytest.raises(RescueRequestWrong):
        answered(ready, ask(ready.home, NEW, CHEAP))


def test_a_request_with_another_centres_key_is_refused(ready: Desk) -> None:
    request = ask(ready.home, NEW, CHEAP)
    (ready.centre.open.folder / rescue_key.FILE).unlink()
    with pytest.raises(RescueKeyAway):
        answered(ready, request)
    rescue_key.make(ready.centre.open, PASSPHRASE)
    with pytest.raises(RescueRequestWrong):
        answered(ready, request)
    ready.sync()  # hears of the new key and seals to it
    assert answered(ready, ask(ready.home, NEW, CHEAP))


def test_a_desk_that_never_heard_the_rescue_key_says_so(desk: Desk) -> None:
    with pytest.raises(RecoveryUnready):
        ask(desk.home, NEW, CHEAP)


def test_the_recovery_slot_opens_the_key_of_today_after_a_change_of_key(ready: Desk) -> None:
    key_slots.give_password(ready.open, WANG, "", "my own first one")
    key_slots.close_way_in(ready.open, WANG)
    ready.open.store.close()
    assert finish(ready.home, answered(ready, ask(ready.home, NEW, CHEAP)), NEW).account == LI
    ready.again("li", NEW)


def test_a_way_in_by_a_rescue_that_the_centre_did_not_answer_is_not_taken(ready: Desk) -> None:
    from sscard_desk.domain.events import SlotGiven
    from sscard_desk.domain.ids import AccountId

    with ready.open.store.work(AccountId(LI)) as work:
        work.record(SlotGiven("ab" * 32, recovery="0" * 32), subject=LI)
    ready.sync()
    assert ready.open.store.set_aside()[-1][1] == "recovery-unknown"


def test_a_request_and_the_folder_between_hold_nothing_that_opens(ready: Desk) -> None:
    key = ready.open.store.key
    request = ask(ready.home, NEW, CHEAP)
    kept = (ready.home / FILE).read_bytes()
    for secret in (key, key.hex().encode(), NEW.encode()):
        assert secret not in kept
        assert secret not in request.text().encode()
    with pytest.raises(PasswordWrong):
        enter(ready.home, "chen", NEW)
