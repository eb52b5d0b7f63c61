"""A centre that answers and refuses is never called offline: status line and doctor page say what it said."""

import pytest

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.backup import DeskEnded
from sscard_desk.domain.errors.centre import CentreBusy, CentreUnreachable, DeskNotEnrolled, ServerCertificateWrong
from sscard_desk.domain.errors.desk_identity import (
    CertificateExpired,
    CertificateMissing,
    CertificateRefused,
    CertificateReplaced,
    DeskRevoked,
)
from sscard_desk.domain.errors.store import DiskFull
from sscard_desk.ui.app.gate import LineState
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.doctor import remedies
from sscard_desk.ui.language import text
from sscard_desk.ui.sample_desk.devices import AtOnce
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import say


def said(trouble: DeskError) -> tuple[Mark, str]:
    at = Health(lambda: None, AtOnce(frozenset()), lambda: None)  # type: ignore[arg-type, return-value] # no device
    at.line_changed(LineState(unsent=3, trouble=trouble))
    word = next(one for one in at.words() if one.key == "centre")
    return word.mark, text(word.word)


@pytest.mark.parametrize("trouble", [DeskRevoked(), DeskEnded()])
def test_a_desk_that_the_centre_listens_to_no_more_reads_so_in_the_status_line(trouble: DeskError) -> None:
    assert said(trouble) == (Mark.ERR, text(say("shell.health.revoked")))


@pytest.mark.parametrize(
    "trouble",
    [
        DeskNotEnrolled(),
        ServerCertificateWrong(),
        CertificateRefused(),
        CertificateExpired(),
        CertificateReplaced(),
        CertificateMissing(),
        DiskFull(),
    ],
)
def test_whatever_else_ends_an_exchange_is_an_interruption_and_not_a_missing_line(trouble: DeskError) -> None:
    assert said(trouble) == (Mark.ERR, text(say("shell.health.interrupted")))


@pytest.mark.parametrize("trouble", [CentreUnreachable(waiting=3), CentreBusy(seconds=5)])
def test_only_a_centre_that_does_not_answer_is_offline(trouble: DeskError) -> None:
    assert said(trouble) == (Mark.OFF, text(say("shell.health.offline")))


def test_the_doctor_says_of_a_revoked_desk_that_nothing_is_lost_and_whom_to_call() -> None:
    assert "本机" in text(remedies.effect("E450", "centre"))
    assert (len(remedies.causes("E450")), len(remedies.steps("E450"))) == (2, 2)
