"""An id card's scan becomes a person only after every field was confirmed, and the person was compared."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.id_scan import IdCardWrongSide, SeveralIdCards
from sscard_desk.domain.id_scan import IdScan
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.id_scan.state import PORTRAIT, IdScanState
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.id_scans import sample_scan
from sscard_desk.ui.sample_desk.people import LI_SI_CARD
from sscard_desk.ui.states import Mark


class Watch:
    """What the page was last told to show."""

    def __init__(self, desk: SampleDesk) -> None:
        self.state = IdScanState()
        desk.pages.id_scan.attach(self)

    def show_state(self, state: IdScanState) -> None:
        self.state = state


def scanned(scan: IdScan | None = None) -> tuple[SampleDesk, Watch]:
    desk = SampleDesk()
    if scan is not None:
        desk.id_scans.scan = scan
    desk.pages.serve.scan_card()
    watch = Watch(desk)
    desk.pages.id_scan.scan()
    return desk, watch


def confirm(desk: SampleDesk, times: int) -> None:
    for _ in range(times):
        desk.pages.id_scan.entered()


def test_each_field_is_confirmed_in_turn_and_then_the_person(app: QApplication) -> None:
    desk, watch = scanned()
    order = []
    while not watch.state.action.enabled:
        order.append(watch.state.current)
        assert watch.state.cut_out
        desk.pages.id_scan.entered()
    assert order[0] == "id_number"
    assert order[-1] == PORTRAIT
    assert len(order) == len(watch.state.rows) == 10
    assert {row.mark for row in watch.state.rows} == {Mark.OK}


def test_nobody_is_identified_before_the_last_field(app: QApplication) -> None:
    desk, _ = scanned()
    confirm(desk, 9)
    desk.pages.id_scan.go_on()
    assert desk.serving.identity is None


def test_who_was_confirmed_is_held_against_the_register(app: QApplication) -> None:
    desk, _ = scanned()
    confirm(desk, 10)
    desk.pages.id_scan.go_on()
    identity = desk.serving.identity
    assert identity is not None
    assert desk.serving.here is Station.IDENTITY
    assert (identity.evidence, identity.source, identity.card) == ("scanned", "id_card_scan", None)
    assert identity.answers["name"] == LI_SI_CARD.name
    assert {each.field for each in identity.compared if each.verdict.value == "different"} == {
        "address",
        "valid_from",
        "valid_to",
    }


def test_a_field_is_corrected_before_it_is_confirmed(app: QApplication) -> None:
    desk, watch = scanned()
    confirm(desk, 1)
    desk.pages.id_scan.typed("李肆")
    confirm(desk, 9)
    row = next(row for row in watch.state.rows if row.name == "name")
    assert (row.value, row.mark) == ("李肆", Mark.OK)
    desk.pages.id_scan.go_on()
    assert desk.serving.identity is not None
    assert desk.serving.identity.answers["name"] == "李肆"


def test_a_number_whose_check_digit_fails_is_never_confirmed(app: QApplication) -> None:
    desk, watch = scanned()
    right = watch.state.value
    desk.pages.id_scan.typed(right[:-1] + ("1" if right[-1] != "1" else "2"))
    confirm(desk, 1)
    assert watch.state.current == "id_number"
    assert watch.state.error is not None


def test_a_sex_against_the_number_is_never_confirmed(app: QApplication) -> None:
    desk, watch = scanned(sample_scan(sex="1"))
    confirm(desk, 2)
    assert watch.state.current == "sex"
    assert next(row for row in watch.state.rows if row.name == "sex").mark is Mark.ERR
    confirm(desk, 1)
    assert (watch.state.current, watch.state.error is not None) == ("sex", True)
    desk.pages.id_scan.typed("2")
    confirm(desk, 1)
    assert watch.state.current == "ethnic"


def test_another_number_opens_what_was_confirmed_beside_the_first_one(app: QApplication) -> None:
    desk, watch = scanned()
    confirm(desk, 10)
    desk.pages.id_scan.choose("id_number")
    desk.pages.id_scan.typed("11010119950817004X" if LI_SI_CARD.number[-1] != "X" else "110101199003077512")
    confirm(desk, 1)
    open_ = {row.name for row in watch.state.rows if row.mark is not Mark.OK}
    assert open_ <= {"sex", "birth", "id_number"}
    assert not watch.state.action.enabled


def test_a_field_that_the_card_does_not_need_may_stay_empty_and_a_name_may_not(app: QApplication) -> None:
    desk, watch = scanned()
    confirm(desk, 1)
    desk.pages.id_scan.typed(" ")
    confirm(desk, 1)
    assert watch.state.current == "name"
    desk.pages.id_scan.typed("李四")
    confirm(desk, 4)
    assert watch.state.current == "address"
    desk.pages.id_scan.typed("")
    confirm(desk, 1)
    assert watch.state.current == "authority"


def test_the_other_side_is_added_by_a_second_scan_and_confirmed_fields_stay(app: QApplication) -> None:
    desk, watch = scanned(sample_scan(sides=("front",)))
    confirm(desk, 6)
    assert watch.state.notice is not None
    given: list[int] = []
    whole = sample_scan()

    def read(files: Sequence[bytes], cancel: Cancel) -> IdScan:
        given.append(len(files))
        return whole

    desk.id_scans.read = read  # type: ignore[method-assign] # stands in for it
    desk.pages.id_scan.scan()
    assert given == [4]  # two sheets of each of two scans
    assert watch.state.notice is None
    assert watch.state.current == "authority"
    assert sum(row.mark is Mark.OK for row in watch.state.rows) == 6


def test_the_back_alone_waits_for_the_front(app: QApplication) -> None:
    desk = SampleDesk()
    desk.id_scans.trouble = IdCardWrongSide()
    desk.pages.serve.scan_card()
    watch = Watch(desk)
    desk.pages.id_scan.scan()
    assert watch.state.notice is not None
    assert watch.state.rows == ()
    desk.id_scans.trouble = None
    desk.pages.id_scan.scan()
    assert len(watch.state.rows) == 10


def test_a_scan_that_fails_leaves_what_was_read_before(app: QApplication) -> None:
    desk, watch = scanned(sample_scan(sides=("front",)))
    confirm(desk, 2)
    desk.id_scans.trouble = SeveralIdCards()
    desk.pages.id_scan.scan()
    assert watch.state.notice is not None
    assert sum(row.mark is Mark.OK for row in watch.state.rows) == 2


def test_nothing_of_the_card_stays_after_the_page_is_left(app: QApplication) -> None:
    desk, watch = scanned()
    confirm(desk, 3)
    desk.serving.back()
    assert desk.serving.here is None
    desk.pages.serve.scan_card()
    assert watch.state == IdScanState(action=watch.state.action)


def test_esc_stops_a_reading_and_a_late_answer_shows_nothing(app: QApplication) -> None:
    desk = SampleDesk()
    late: list[tuple[object, object]] = []
    submit = desk.runner.submit

    def hold(lane, work, done, failed, cancel=None):
        if lane == "imaging":
            late.append((done, cancel))
        else:
            submit(lane, work, done, failed, cancel)

    desk.runner.submit = hold  # type: ignore[method-assign] # stands in for it
    desk.pages.serve.scan_card()
    watch = Watch(desk)
    desk.pages.id_scan.scan()
    assert watch.state.busy
    desk.serving.back()
    done, cancel = late[0]
    assert cancel.is_set()  # type: ignore[attr-defined] # the wish to stop of that reading
    done(sample_scan())  # type: ignore[operator] # what the lane would bring
    assert (watch.state.rows, watch.state.busy) == ((), "")
