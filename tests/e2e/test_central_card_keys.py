"""A whole card through pcscd with keys that never leave a real centre: over TLS, from a token and from a vault."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

import pytest

from sscard_desk.cards.pin import Pin
from sscard_desk.central.card_keys import service
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.routes import card_keys as route
from sscard_desk.central.store.desks import Desk, revoke_desk
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_keys import (
    CardKeyApprovalDeferred,
    CardKeyLimitReached,
    CardKeyLineDown,
    CardKeyNotApproved,
    CardKeyOtherCard,
    CardKeyReasonMissing,
    CardKeysAway,
    CardKeySpoilUnconfirmed,
    CardKeyUnknown,
)
from sscard_desk.domain.errors.desk_identity import DeskRevoked
from sscard_desk.domain.errors.device import CardOutcomeUnknown
from sscard_desk.domain.events import CardIntended
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import READING, CardFactors, KeyAct, KeyUse
from sscard_desk.sync.card_keys import CentreKeys
from sscard_desk.sync.signed_line import SignedLine
from sscard_desk.texts import LANGUAGES, Catalogue, describe
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.usecases import stock
from sscard_desk.usecases.card_pin import card_for_pin
from sscard_desk.usecases.card_progress import CardProgress
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.read_card import read_social_card
from sscard_desk.usecases.resume_card import resume_card
from sscard_desk.usecases.write_card import write_card
from sscard_desk.wire.card_keys import CardKeyAnswer, CardKeyQuestion
from tests.machines.card_centre import PLACES, CardCentre, card_centre
from tests.machines.card_library import AnyTable, any_table
from tests.machines.key_places import PASSPHRASE
from tests.machines.line import Line
from tests.machines.pcsc import CardTable, sm4_profile, table, tables, training_profile

__all__ = ["any_table", "table", "tables"]
pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

BLANKS = training_point().blanks


@pytest.fixture(params=PLACES)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CardCentre]:
    with card_centre(tmp_path, request.param) as made:
        yield made


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[CardCentre]:
    with card_centre(tmp_path, "vault") as made:
        yield made


def nothing(_progress: CardProgress) -> None:
    return


def in_words(error: DeskError) -> None:
    """Each trouble says in both languages what happened and what to do."""
    for language in LANGUAGES:
        problem = describe(error, Catalogue(language))
        assert problem.message
        assert "{" not in problem.message + problem.advice


@pytest.mark.parametrize("version", ["2.00", "3.00"])
def test_a_card_is_written_and_proved_with_keys_of_the_centre(both: CardCentre, table: CardTable, version: str) -> None:
    memory = blank_card(BLANKS[0].identification_code, version)
    table.card(memory)
    after = write_card(both.desk(table.reader), both.application, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert written(memory)
    assert {(use.state, use.card, use.application) for use in both.uses()} == {
        ("given", BLANKS[0].identification_code, both.application)
    }
    assert len(both.uses()) == (3 if version == "3.00" else 1)
    both.sync()
    with pytest.raises(CardKeyNotApproved) as refused:
        ask(both.keys(), both, KeyAct.WRITE)
    assert refused.value.reason == "written"


def test_a_card_behind_the_makers_library_is_written_in_the_standards_two_steps(
    both: CardCentre, any_table: AnyTable
) -> None:
    memory = blank_card(BLANKS[0].identification_code, "3.00")
    any_table.table.card(memory)
    after = write_card(both.desk(any_table.reader), both.application, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert written(memory)
    assert {use.state for use in both.uses()} == {"given"}


def test_a_card_of_sm4_is_written_with_a_key_of_the_vault(vault: CardCentre, table: CardTable) -> None:
    memory = blank_card(BLANKS[0].identification_code, "3.00")
    table.put_in(VirtualCard(memory, sm4_profile()))
    desk = vault.desk(table.reader, profile=sm4_profile())
    assert write_card(desk, vault.application, Cancel(), nothing, wait_s=5).step is Step.CARD_WRITTEN
    assert {use.algorithm for use in vault.uses()} == {"SM4"}


def test_after_a_spoiled_card_the_next_one_waits_for_a_second_person(vault: CardCentre, table: CardTable) -> None:
    first, second = BLANKS[0], BLANKS[1]
    ask(vault.keys(), vault, KeyAct.WRITE)
    day = date(2026, 11, 26)
    begun = CardIntended(first.identification_code, first.card_number, "training", "d" * 64, ("EF05 05",), day, day)
    with vault.store.work(vault.clerk.account) as work:
        work.record(begun, subject=vault.application)
    stock.spoil(vault.store, vault.clerk, first.stock_no, "damaged")
    vault.sync()
    table.card(blank_card(second.identification_code, "2.00"))
    with pytest.raises(CardKeySpoilUnconfirmed) as refused:
        write_card(vault.desk(table.reader), vault.application, Cancel(), nothing, wait_s=5)
    in_words(refused.value)
    assert vault.now().card is None
    stock.confirm(vault.store, vault.supervisor, first.stock_no)
    vault.sync()
    after = write_card(vault.desk(table.reader), vault.application, Cancel(), nothing, wait_s=5)
    assert (after.step, after.card and after.card.identification_code) == (
        Step.CARD_WRITTEN,
        second.identification_code,
    )


def test_a_pin_is_given_back_under_a_key_of_the_centre_for_a_reason(both: CardCentre, table: CardTable) -> None:
    table.card(blank_card(BLANKS[0].identification_code, "2.00"))
    pins = PinDesk(both.store, both.clerk, table.reader, both.keys(), training_profile())
    with card_for_pin(pins, Cancel(), 10) as card:
        card.reset(Pin(b"246802"), "forgotten")
    with card_for_pin(pins, Cancel(), 10) as card:
        card.verify(Pin(b"246802"))
        card.unblock("typed wrong too often")
    assert [(use.act, use.kind, use.reason, use.state) for use in both.uses()] == [
        ("reset_pin", "pin", "forgotten", "given"),
        ("unblock_pin", "pin", "typed wrong too often", "given"),
    ]


def ask(keys: CentreKeys, both: CardCentre, act: KeyAct, blank: int = 0, *, reason: str = "") -> bytes:
    code = BLANKS[blank].identification_code
    key = training_profile().update_key if act is KeyAct.WRITE else training_profile().read_key
    application = both.application if act is KeyAct.WRITE else ""
    use = KeyUse(act, application, reason)
    return keys.external_authentication(key.apdu_key_id, CardFactors(code, code[:6], bytes(13)), bytes(8), use)


def test_an_approval_that_the_centre_has_not_heard_of_is_waited_for_and_nothing_is_written(
    tmp_path: Path, table: CardTable
) -> None:
    with card_centre(tmp_path, "pkcs11", synced=False) as both:
        memory = blank_card(BLANKS[0].identification_code, "2.00")
        table.card(memory)
        with pytest.raises(CardKeyNotApproved) as refused:
            write_card(both.desk(table.reader), both.application, Cancel(), nothing, wait_s=5)
        in_words(refused.value)
        assert both.now().card is None
        both.sync()
        after = write_card(both.desk(table.reader), both.application, Cancel(), nothing, wait_s=5)
        assert after.step is Step.CARD_WRITTEN


def test_a_card_of_version_3_is_read_for_a_reason_and_without_one_as_far_as_everybody_may(
    both: CardCentre, table: CardTable
) -> None:
    table.card(blank_card(BLANKS[0].identification_code, "3.00"))
    told = KeyUse(KeyAct.READ, reason="the holder asks what stands on it")
    whole = read_social_card(table.reader, training_profile(), both.keys(), Cancel(), 5, use=told)
    assert (whole.blank, whole.no_key) == (True, None)
    for keys, use, trouble in (
        (both.keys(), READING, CardKeyReasonMissing),
        (
            CentreKeys(training_profile(), lambda: replace(both.identity(), url="https://127.0.0.1:9")),
            told,
            CardKeyLineDown,
        ),
    ):
        closed = read_social_card(table.reader, training_profile(), keys, Cancel(), 5, use=use)
        assert closed.holder is None
        assert isinstance(closed.no_key, trouble)
        assert closed.identity.public.identification_code == BLANKS[0].identification_code
    assert [(use.act, use.reason, use.card) for use in both.uses()] == [
        ("read", told.reason, BLANKS[0].identification_code)
    ]


def test_each_refusal_is_told_by_its_code_and_in_words(vault: CardCentre) -> None:
    keys = vault.keys()
    ask(keys, vault, KeyAct.WRITE)
    with pytest.raises(CardKeyOtherCard) as other:
        ask(keys, vault, KeyAct.WRITE, blank=1)
    with pytest.raises(CardKeyReasonMissing) as silent:
        ask(keys, vault, KeyAct.READ)
    vault.counter.open.card_keys.close()
    (vault.counter.folder / "card_keys.vault").rename(vault.counter.folder / "away")
    with pytest.raises(CardKeysAway) as away:
        ask(keys, vault, KeyAct.READ, reason="asked by the holder")
    (vault.counter.folder / "away").rename(vault.counter.folder / "card_keys.vault")
    from sscard_desk.central.card_keys import keeping
    from sscard_desk.central.card_keys.key_place import KeyLabel

    keeping.set_limit(vault.counter.open, "", "read", 0)
    with pytest.raises(CardKeyLimitReached) as limit:
        ask(keys, vault, KeyAct.READ, reason="asked by the holder")
    profile = training_profile()
    keeping.drop_key(vault.counter.open, KeyLabel(profile.update_key.hsm_name, profile.algorithm), "worn out")
    with pytest.raises(CardKeyUnknown) as unknown:
        ask(keys, vault, KeyAct.WRITE)
    for error in (other.value, silent.value, away.value, limit.value, unknown.value, CardKeyApprovalDeferred()):
        in_words(error)
    with vault.counter.open.database.writing() as connection:
        revoke_desk(connection, vault.store.desk, vault.counter.open.now_ms())
    with pytest.raises(DeskRevoked):
        ask(keys, vault, KeyAct.WRITE)


class CuttingService:
    """Answers as the centre does, and cuts the line before a byte of the answer is sent."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.computed: list[str] = []

    def answer(self, centre: OpenCentre, desk: Desk, asked: CardKeyQuestion) -> CardKeyAnswer:
        said = service.answer(centre, desk, asked)
        self.computed.append(asked.use_id)
        self.line.cut_after(0, answers_only=True)
        return said


def test_an_answer_that_is_lost_leaves_the_card_as_it_was_and_the_next_try_writes_it(
    both: CardCentre, table: CardTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = blank_card(BLANKS[0].identification_code, "2.00")
    table.card(memory)
    with Line(both.counter.port) as line:
        both.store.set_setting("centre_url", line.url.encode())
        cutting = CuttingService(line)
        with monkeypatch.context() as patch:
            patch.setattr(route, "service", cutting)
            with pytest.raises(CardKeyLineDown) as lost:
                write_card(both.desk(table.reader), both.application, Cancel(), nothing, wait_s=5)
        in_words(lost.value)
        assert not lost.value.may_have_changed
        assert both.now().card is None
        line.mend()
        after = write_card(both.desk(table.reader), both.application, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert written(memory)
    assert cutting.computed == [both.uses()[0].use_id]
    assert [use.state for use in both.uses()] == ["given", "given"]


def test_a_question_that_goes_out_twice_is_answered_twice_and_stands_on_record_once(
    both: CardCentre, table: CardTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.card(blank_card(BLANKS[0].identification_code, "2.00"))
    with Line(both.counter.port) as line:
        both.store.set_setting("centre_url", line.url.encode())
        cutting, request = CuttingService(line), SignedLine._request

        def mended(self: SignedLine, *words: object) -> object:
            line.mend()  # by the time that the desk asks once more
            if cutting.computed:
                monkeypatch.setattr(cutting, "answer", service.answer)
            return request(self, *words)  # type: ignore[arg-type] # handed on as they came

        monkeypatch.setattr(route, "service", cutting)
        monkeypatch.setattr(SignedLine, "_request", mended)
        after = write_card(both.desk(table.reader), both.application, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    (use,) = both.uses()
    assert cutting.computed == [use.use_id]


def test_the_centre_killed_before_its_answer_leaves_the_card_as_it_was(tmp_path: Path, table: CardTable) -> None:
    memory = blank_card(BLANKS[0].identification_code, "3.00")
    with card_centre(tmp_path, "vault") as both:
        both.counter.stop()
        with Served(both) as served:
            table.card(memory)
            with pytest.raises(CardKeyLineDown):
                write_card(served.desk(table, kill_at=2), both.application, Cancel(), nothing, wait_s=5)
            assert both.now().card is None
            served.start()
            with pytest.raises(CardOutcomeUnknown):  # written, and its proof needs the key for reading
                write_card(served.desk(table, kill_at=3), both.application, Cancel(), nothing, wait_s=5)
            assert both.now().step is Step.APPROVED
            served.start()
            end = resume_card(served.desk(table), Cancel(), nothing, wait_s=5)
        assert (end.application.step, end.spoiled) == (Step.CARD_WRITTEN, "")
        assert written(memory)


def test_a_vault_whose_passphrase_lies_in_no_file_is_opened_when_the_centre_is_started(vault: CardCentre) -> None:
    vault.counter.stop()
    settings = vault.counter.folder / "card_keys.toml"
    settings.write_text('[vault]\npassphrase_file = ""\n', encoding="utf-8")
    with Served(vault), pytest.raises(CardKeysAway):
        ask(vault.keys(), vault, KeyAct.WRITE)
    with Served(vault, passphrase=PASSPHRASE):
        assert len(ask(vault.keys(), vault, KeyAct.WRITE)) == 16


class Served:
    """The centre as a process of its own, that can be killed at a question."""

    def __init__(self, both: CardCentre, passphrase: bytes = b"") -> None:
        self._both, self._passphrase = both, passphrase
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(self._both.counter.folder)]
        words = ["--vault-passphrase-fd", "0"] if self._passphrase else []
        self._process = subprocess.Popen(
            [*command, "--json", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
        )
        assert self._process.stdin is not None
        self._process.stdin.write(self._passphrase + b"\n")
        self._process.stdin.close()
        assert self._process.stdout is not None
        url = json.loads(self._process.stdout.readline())["url"]
        self._both.store.set_setting("centre_url", url.encode())

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def desk(self, table: CardTable, kill_at: int = 0):
        served = self

        class Killed(CentreKeys):
            asked = 0

            def external_authentication(self, *words: object, **named: object) -> bytes:
                self.asked += 1
                if self.asked == kill_at:
                    served.kill()
                return super().external_authentication(*words, **named)  # type: ignore[arg-type] # handed on as they came

        return self._both.desk(table.reader, Killed(training_profile(), self._both.identity))
