"""The page of unsent items over a real desk and a real centre: what waits, what was turned away, what was tried."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.bootstrap.unsent import FolderUnsent
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.events import KINDS
from sscard_desk.ports.unsent import PAGE, UnsentItem
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.worker import SyncAgent
from sscard_desk.texts.catalogue import LANGUAGES, Catalogue
from sscard_desk.ui.app.gate import LineState, ListComing
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.navigation.areas import join_unsent
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.unsent import rows as said
from sscard_desk.ui.unsent.presenter import Around, UnsentPresenter
from sscard_desk.ui.unsent.samples import SampleBook
from sscard_desk.ui.unsent.state import UnsentRow, UnsentState
from sscard_desk.ui.unsent.view import UnsentView
from sscard_desk.ui.words import Say
from tests.machines.counter import Counter, opened, subject
from tests.machines.stick_desk import CLERK, StickDesk, enrolled_desk, noise
from tests.sync.test_worker import Watcher


class Shown:
    """A view that keeps what it was shown."""

    def show_state(self, state: UnsentState) -> None:
        self.state = state


class Window:
    """What the page asked of the window around it."""

    def __init__(self) -> None:
        self.woken = 0
        self.held: list[bool] = []
        self.mended: list[str] = []
        self.told: list[ToastState] = []

    def wake(self) -> None:
        self.woken += 1

    def around(self) -> Around:
        return Around(self.wake, self.held.append, self.mended.append, self.told.append)


class DeskOf:
    """What `FolderUnsent` takes of an open data folder."""

    def __init__(self, desk: StickDesk) -> None:
        self.store = desk.store


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def desk(counter: Counter, tmp_path: Path) -> Iterator[StickDesk]:
    with enrolled_desk(counter, tmp_path / "desk", "D-0001", 1) as made:
        yield made


def page_of(desk: StickDesk, window: Window | None = None) -> UnsentPresenter:
    book = FolderUnsent(DeskOf(desk))  # type: ignore[arg-type] # the part of it that is used
    page = UnsentPresenter(Shown(), AtOnce(), book, (window or Window()).around())
    page.line_changed(LineState(unsent=desk.store.unsent(), offline_days=30))
    page.opened()
    return page


def many(desk: StickDesk, count: int) -> None:
    with desk.store.work(CLERK) as work:
        for running in range(1, count + 1):
            work.record(opened(running), subject=subject())


def rows(page: UnsentPresenter) -> list[UnsentRow]:
    return list(page.state.rows)


def words(said_words: object) -> str:
    return text(said_words)  # type: ignore[arg-type] # whatever a row says


def test_an_act_and_its_photo_stand_there_by_act_and_application_until_the_centre_has_both(
    counter: Counter, desk: StickDesk
) -> None:
    key = desk.open_one(1)
    desk.attach_photo(key, noise(1, 9_000))
    page = page_of(desk)
    number = rows(page)[0].number
    assert [(words(row.what), row.number, row.mark) for row in rows(page)] == [
        ("新建申领", number, Mark.TODO),
        ("采用照片", number, Mark.TODO),
        ("影像：采用照片", number, Mark.TODO),
    ]
    assert number
    assert all(row.since for row in rows(page))
    assert (page.state.counts.waiting, page.state.counts.blobs) == (2, 1)
    desk.sync(counter.url)
    page.line_changed(LineState(up_to_date=True))
    assert (rows(page), page.state.counts.waiting, page.state.action.enabled) == ([], 0, False)


def test_what_the_centre_turned_away_says_why_and_is_sent_again_or_leads_to_where_it_is_decided(
    counter: Counter, desk: StickDesk
) -> None:
    window = Window()
    desk.record(opened(1), subject())
    second = subject()
    desk.record(opened(1), second)
    desk.sync(counter.url)
    page = page_of(desk, window)
    (row,) = rows(page)
    assert (words(row.error), row.mark) == ("这个人在别的柜台有一笔未办完的申领", Mark.WARN)
    page.mend_this()
    assert window.mended == [second]
    page.send_this()
    assert (window.woken, page.state.counts.aside, page.state.counts.waiting) == (1, 0, 1)
    desk.sync(counter.url)
    page.line_changed(LineState(unsent=1, tries=0, running=True))
    assert (page.state.counts.aside, rows(page)[0].mark) == (1, Mark.WARN)


def test_what_only_a_decision_puts_right_is_not_sent_again_with_all_the_others() -> None:
    window = Window()
    book = SampleBook(20, 0, {9: "already-open"})
    page = UnsentPresenter(Shown(), AtOnce(), book, window.around())
    page.opened()
    page.choose("entry:9")
    page.send_this()
    assert (book.again, window.mended, window.woken) == ([], ["s1"], 0)
    page.send_all()
    assert (book.again, window.woken) == (["all"], 1)


def test_a_dead_line_is_told_with_tries_and_the_next_one_and_what_came_later_was_not_tried_yet(
    counter: Counter, desk: StickDesk
) -> None:
    watcher = Watcher()
    desk.open_one(1)
    identity = desk.at(counter.url)
    counter.server.stop()  # type: ignore[union-attr]  # it runs inside the fixture
    with HttpCentre(identity) as centre:
        agent = SyncAgent(desk.store, centre, listener=watcher, wait=lambda _count, _trouble: 3_600.0)
        agent.start()
        broken = watcher.wait_for(lambda state: state.trouble is not None and not state.running)
        agent.stop()
    desk.open_one(2)
    page = page_of(desk)
    page.line_changed(LineState(2, trouble=broken.trouble, tries=1, next_try=broken.next_try, offline_days=30))
    first, second = rows(page)
    assert broken.next_try is not None
    assert (first.tries, words(first.error)) == ("1", "连不上中心")
    assert words(first.following) == f"{broken.next_try.astimezone():%H:%M:%S}"
    assert (second.tries, second.error) == ("", "")
    assert isinstance(broken.trouble, CentreUnreachable)
    assert page.state.mark is Mark.OFF
    assert "1" in words(page.state.note)


def test_an_entry_counts_the_tries_since_it_was_there(counter: Counter, desk: StickDesk) -> None:
    watcher, count = Watcher(), [0]

    def wait(_failures: int, _trouble: object) -> float:
        count[0] += 1
        if count[0] == 2:
            desk.open_one(2)
        return 0.01 if count[0] < 5 else 3_600.0

    desk.open_one(1)
    identity = desk.at(counter.url)
    counter.server.stop()  # type: ignore[union-attr]  # it runs inside the fixture
    with HttpCentre(identity) as centre:
        agent = SyncAgent(desk.store, centre, listener=watcher, wait=wait)
        agent.start()
        watcher.wait_for(lambda state: state.tries == 5)
        agent.stop()
    desk.open_one(3)
    assert [row.tries for row in rows(page_of(desk))] == ["5", "3", ""]


def test_thousands_are_read_page_by_page_each_once_and_in_order(desk: StickDesk) -> None:
    many(desk, 3 * PAGE + 7)
    for at in range(5):
        desk.attach_photo(desk.open_one(1_000 + at), noise(at, 300))
    page = page_of(desk)
    assert (len(page.state.rows), page.state.more, page.state.counts.waiting) == (PAGE, True, 3 * PAGE + 17)
    while page.state.more:
        page.more()
    keys = [row.key for row in rows(page)]
    entries = [int(key.removeprefix("entry:")) for key in keys if key.startswith("entry:")]
    assert entries == list(range(1, 3 * PAGE + 18))
    assert len(set(keys)) == len(keys) == 3 * PAGE + 22
    page.more()
    assert len(page.state.rows) == len(keys)


def test_the_list_is_narrowed_by_number_by_act_and_by_part(desk: StickDesk) -> None:
    many(desk, PAGE + 30)
    key = desk.open_one(900)
    desk.attach_photo(key, noise(1, 300))
    page = page_of(desk)
    page.narrow("照片")
    assert [words(row.what) for row in rows(page)] == ["采用照片", "影像：采用照片"]
    number = rows(page)[0].number
    page.narrow(number)
    assert {row.number for row in rows(page)} == {number}
    assert len(rows(page)) == 3
    page.narrow("%")
    assert (rows(page), page.state.read) == ([], True)
    page.narrow("")
    page.choose_part("blobs")
    assert [words(row.what) for row in rows(page)] == ["影像：采用照片"]


def test_rows_of_a_long_list_are_made_only_when_they_are_looked_at(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    whole = said.row_of

    def counted(item: UnsentItem, *rest: object) -> UnsentRow:
        made.append(item.key)
        return whole(item, *rest)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(said, "row_of", counted)
    view = UnsentView()
    page = UnsentPresenter(view, AtOnce(), SampleBook(5_000, 700), Window().around())
    join_unsent(view, page)
    view.resize(1200, 700)
    view.show()
    page.opened()
    while page.state.more:
        page.more()
    made.clear()
    page.choose("entry:4000")
    app.processEvents()
    assert len(page.state.rows) == 5_700
    assert 0 < len(set(made)) < 100
    view.hide()


def test_going_on_with_the_arrows_fetches_the_next_page_and_keeps_the_row(app: QApplication) -> None:
    view = UnsentView()
    page = UnsentPresenter(view, AtOnce(), SampleBook(PAGE + 50), Window().around())
    join_unsent(view, page)
    view.resize(1200, 700)
    view.show()
    page.opened()
    app.processEvents()
    assert page.state.more
    page.choose(f"entry:{PAGE - 10}")
    app.processEvents()
    assert (len(page.state.rows), page.state.more, page.state.chosen) == (PAGE + 50, False, f"entry:{PAGE - 10}")
    assert view._table.currentIndex().row() == PAGE - 11
    view.hide()


def test_keys_filter_hold_and_send_and_esc_empties_the_filter_first(app: QApplication) -> None:
    window, book = Window(), SampleBook(30, 2)
    view = UnsentView()
    page = UnsentPresenter(view, AtOnce(), book, window.around())
    join_unsent(view, page)
    left: list[bool] = []
    view.back.connect(lambda: left.append(True))
    view.show()
    page.opened()
    coming = ListComing("persons:330100", done=4, of=9)
    page.line_changed(LineState(unsent=30, coming=coming))
    assert view.on_key(Act.SHOOT)
    page.line_changed(LineState(unsent=30, coming=replace(coming, held=True)))
    assert view.on_key(Act.SHOOT)
    assert window.held == [True, False]
    page.line_changed(LineState(unsent=30, coming=replace(coming, placing=True)))
    assert view.on_key(Act.SHOOT)
    assert window.held == [True, False]
    page.narrow("00123")
    assert {row.number for row in rows(page)} == {"4201-03-26-00123-0"}
    assert view.on_key(Act.BACK)
    assert (page.state.typed, left) == ("", [])
    assert view.on_key(Act.AGAIN)
    assert view.on_key(Act.ALL_AGAIN)
    assert view.on_key(Act.NEXT)
    assert (window.woken, book.again) == (3, ["all", "all"])
    assert view.on_key(Act.BACK)
    assert left == [True]
    view.hide()
    del app


def test_a_list_that_cannot_be_read_is_told_and_read_again_the_next_time(desk: StickDesk) -> None:
    window = Window()
    book = SampleBook(3)
    page = UnsentPresenter(Shown(), AtOnce(), book, window.around())
    whole, broken = book.page, CentreUnreachable(waiting=0)

    def fails(_asked: object) -> None:
        raise broken

    book.page = fails  # type: ignore[assignment, method-assign] # the disk is away
    page.opened()
    assert [isinstance(told.title, Say) for told in window.told] == [True]
    book.page = whole  # type: ignore[method-assign] # and is there again
    page.opened()
    assert len(rows(page)) == 3
    del desk


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_of_the_journal_has_its_words(language: object) -> None:
    catalogue = Catalogue(language)  # type: ignore[arg-type] # one of LANGUAGES
    asked = {kind: said.act_words(kind) for kind in (*KINDS, "of.tomorrow")}
    assert [kind for kind, one in asked.items() if not isinstance(one, Say) or not catalogue.has(one.key)] == []
