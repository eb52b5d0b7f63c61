"""Every sheet has a record: what was ordered, what the printer said, why it was printed again, what was spoiled."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sscard_desk.devices.printer.folder import FolderPrinter
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import ReasonMissing, UnknownCode
from sscard_desk.domain.errors.printing import CertificateExpired, PrintOutcomeUnknown, ReprintReasonMissing
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.forms.load import load_form
from sscard_desk.paper import PdfPaper
from sscard_desk.paper.sealing import CertificateSeal
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.follow_prints import recover
from sscard_desk.usecases.issue_form import registration_paper
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import BEIJING, Drawn, order_prints, papers_of, plan_print, spoil, spoiled_papers
from tests.paper.certificates import PASSPHRASE, Authority

from .conftest import Person
from .print_room import Follower, begun

PDF = b"%PDF-1.4\n1 0 obj << /Type /Page >>\n"


@pytest.fixture
def folder(tmp_path: Path) -> FolderPrinter:
    (tmp_path / "printed").mkdir()
    return FolderPrinter(tmp_path / "printed")


def paper(store: DeskStore, application: Application, digest: str = "d", *, reason: str = "", words: str = "") -> Drawn:
    prints = store.prints(application.id)
    plan = plan_print(application, prints, load_form("registration"), digest, reason=reason, words=words)
    return Drawn(plan, PDF, 1)


def printed(store: DeskStore, clerk: Person, printer: FolderPrinter, drawn: Drawn) -> PrintRecord:
    return Follower(store, clerk, printer).one(drawn)


def test_a_print_is_in_the_journal_before_the_printer_has_it_and_after(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    application = begun(store, clerk)
    (ordered,) = order_prints(store, clerk, folder.name, [paper(store, application)])
    assert (ordered.state, ordered.serial, ordered.copy, ordered.by) == (
        PrintState.ORDERED, f"{application.number}-R1", 1, clerk.account,
    )  # fmt: skip
    assert list(folder.folder.iterdir()) == []
    follower = Follower(store, clerk, folder)
    (done,) = follower.to_the_end([ordered])
    assert follower.heard == [PrintState.QUEUED, PrintState.COMPLETED]
    assert (done.state, done.job) == (PrintState.COMPLETED, f"{application.number}-R1.pdf")
    assert papers_of(store, application) == [done]
    assert store.unended_prints() == []
    kinds = [line.kind for line in store.history(application.id)]
    assert kinds == ["application.opened", "print.ordered", "print.moved", "print.moved"]
    assert store.application(application.id).version == application.version


def test_a_second_copy_of_the_same_content_needs_a_reason(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    application = begun(store, clerk)
    printed(store, clerk, folder, paper(store, application))
    with pytest.raises(ReprintReasonMissing) as caught:
        order_prints(store, clerk, folder.name, [paper(store, application)])
    assert caught.value.copy == 2
    assert len(papers_of(store, application)) == 1
    again = printed(store, clerk, folder, paper(store, application, reason="3"))
    assert (again.serial, again.copy, again.reason) == (f"{application.number}-R2", 2, "3")


def test_another_reason_is_said_in_words_and_an_unknown_one_is_refused(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    application = begun(store, clerk)
    printed(store, clerk, folder, paper(store, application))
    with pytest.raises(ReasonMissing):
        order_prints(store, clerk, folder.name, [paper(store, application, reason="9", words=" ")])
    with pytest.raises(UnknownCode):
        paper(store, application, reason="77")
    (kept,) = order_prints(store, clerk, folder.name, [paper(store, application, reason="9", words="窗口换人")])
    assert kept.words == "窗口换人"


def test_changed_content_is_its_own_reason(store: DeskStore, clerk: Person, folder: FolderPrinter) -> None:
    application = begun(store, clerk)
    printed(store, clerk, folder, paper(store, application, "d1"))
    again = printed(store, clerk, folder, paper(store, application, "d2"))
    assert (again.copy, again.reason) == (2, "4")


def test_a_paper_that_never_came_out_uses_up_no_copy(store: DeskStore, clerk: Person, tmp_path: Path) -> None:
    application = begun(store, clerk)
    gone = FolderPrinter(tmp_path / "nowhere")
    ended = printed(store, clerk, gone, paper(store, application))
    assert ended.state is PrintState.NOT_TAKEN
    assert paper(store, application).plan.copy == 1


def test_a_spoiled_sheet_uses_its_copy_up_and_stands_in_the_days_register(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    application = begun(store, clerk)
    first = printed(store, clerk, folder, paper(store, application))
    with pytest.raises(ReasonMissing):
        spoil(store, clerk, first, "9")
    with pytest.raises(UnknownCode):
        spoil(store, clerk, first, "torn")
    marked = spoil(store, clerk, first, "3")
    assert (marked.spoiled, marked.spoiled_by) == ("3", clerk.account)
    assert paper(store, application).plan.again
    today = datetime.now(BEIJING).date()
    (row,) = spoiled_papers(store, today)
    assert (row.serial, row.copy, row.pages, row.reason) == (first.serial, 1, 1, "3")
    assert spoiled_papers(store, today - timedelta(days=1)) == []


def test_a_print_that_was_under_way_at_a_crash_is_found_again(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    application = begun(store, clerk)
    (record,) = order_prints(store, clerk, folder.name, [paper(store, application)])
    follower = Follower(store, clerk, folder)
    follower.step([record])  # the printer has it, and then the program is gone
    (news,) = recover(store, clerk, folder)
    assert news.state is PrintState.COMPLETED
    assert papers_of(store, application)[0].state is PrintState.COMPLETED
    assert recover(store, clerk, folder) == []


def test_an_order_whose_job_nobody_finds_is_unknown_and_the_next_copy_a_reprint(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    application = begun(store, clerk)
    order_prints(store, clerk, folder.name, [paper(store, application)])
    (news,) = recover(store, clerk, folder)
    assert news.state is PrintState.UNKNOWN
    assert isinstance(news.trouble, PrintOutcomeUnknown)
    assert paper(store, application).plan.copy == 2
    assert paper(store, application).plan.again


def test_a_printer_that_is_away_after_a_start_keeps_the_question_open(
    store: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    application = begun(store, clerk)
    order_prints(store, clerk, "nowhere", [paper(store, application)])
    (news,) = recover(store, clerk, FolderPrinter(tmp_path / "nowhere"))
    assert news.state is PrintState.VANISHED
    assert len(store.unended_prints()) == 1


def test_what_a_killed_program_left_half_written_is_swept_at_the_start(
    store: DeskStore, clerk: Person, folder: FolderPrinter
) -> None:
    half = folder.folder / ".4201-03-26-00123-7-R1-0a1b2c3d.part"
    half.write_bytes(PDF[:5])
    recover(store, clerk, folder)
    assert list(folder.folder.iterdir()) == []


def test_a_paper_under_a_certificate_is_signed_as_it_is_kept_and_a_draft_is_not(
    store: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    (tmp_path / "point.p12").write_bytes(Authority().pkcs12())
    seal = CertificateSeal(tmp_path / "point.p12", lambda: PASSPHRASE, "示例街道社保服务点")
    press = Press(store, PdfPaper(), store.clock, clerk, "示例街道社保服务点", seal=seal)
    application = confirm_bank(store, clerk, begun(store, clerk), "01", b"")
    signed = registration_paper(press, application, {})
    draft = registration_paper(press, application, {}, draft=True)
    assert b"/ETSI.CAdES.detached" in signed
    assert b"/ETSI.CAdES.detached" not in draft
    plan = plan_print(application, [], load_form("registration"), "d")
    (record,) = order_prints(store, clerk, "counter", [Drawn(plan, signed, 2)])
    assert store.blob(record.paper or pytest.fail("no paper")) == signed


def test_an_expired_certificate_prints_nothing_unsigned(store: DeskStore, clerk: Person, tmp_path: Path) -> None:
    (tmp_path / "point.p12").write_bytes(Authority().pkcs12(days=-1))
    press = Press(
        store, PdfPaper(), store.clock, clerk, "", seal=CertificateSeal(tmp_path / "point.p12", lambda: PASSPHRASE)
    )
    application = confirm_bank(store, clerk, begun(store, clerk), "01", b"")
    with pytest.raises(CertificateExpired):
        registration_paper(press, application, {})
