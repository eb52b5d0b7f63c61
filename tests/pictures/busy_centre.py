"""A centre with something to show on every page of its administration; everybody in it is synthetic."""

from sscard_desk.central import imports
from sscard_desk.central.admin import operators, second
from sscard_desk.central.erasing import Reason, erase, refuse
from sscard_desk.central.store import desks
from sscard_desk.central.store.photos import Release, note_release
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.photo_source import REGISTER
from sscard_desk.training.point import training_point
from tests.central._journal import receive
from tests.domain.standing import AT
from tests.machines.counter import POINT, REGION, Counter, bank_confirmed, opened, person, subject
from tests.machines.model_desk import ModelDesk

ELSEWHERE = "P-02"
STAFF = (("王丽", "clerk"), ("陈静", "supervisor"), ("阿依古丽·买买提", "administrator"))
SECOND = "zhao.min"


def fill(counter: Counter) -> None:
    """Let points, desks, staff, blanks, applications, conflicts, erasures and wishes come about."""
    centre = counter.open
    imports.import_point(centre, ELSEWHERE, "城关区社会保险经办大厅人民路第二服务站", REGION)
    imports.import_persons(centre, REGION, [person(n) for n in range(60)])
    staff = [imports.StaffMember(f"{at:032x}", name, role, b"") for at, (name, role) in enumerate(STAFF, 1)]
    imports.import_staff(centre, POINT, staff)
    imports.import_banks(centre, training_point().banks)
    for name, point in (("D-0001", POINT), ("D-0002", POINT), ("D-0003", ELSEWHERE), ("D-0009", POINT)):
        counter.identity(name, point)
    imports.enrolment_code(centre, "D-0010", ELSEWHERE)
    with centre.database.writing() as connection:
        desks.revoke_desk(connection, "D-0009", centre.now_ms())
        for _ in range(3):
            given = Release(centre.now_ms(), "D-0002", REGISTER, "", "found", application=subject())
            note_release(connection, given)
    cards = [(f"{at:032X}", f"A{at:08d}", f"420196-{at:05d}") for at in range(1, 13)]
    imports.lend_blanks(centre, POINT, [imports.LentBlank(*card, desk="D-0001") for card in cards])
    _serve(counter, [events.ReceivedBlank(*card) for card in cards])
    operators.add(centre, SECOND)
    operators.policy(centre, second_person=True)
    second.expect(centre, SECOND, "D-0002", POINT)
    second.enter_point(centre, SECOND, ELSEWHERE, "城关区人民路服务站", "440100")


def _serve(counter: Counter, blanks: list[events.ReceivedBlank]) -> None:
    centre, one, two = counter.open, ModelDesk("D-0001"), ModelDesk("D-0002")
    asked = []
    for number in range(1, 9):
        about = subject()
        one.record(opened(number), about)
        one.record(bank_confirmed(), about)
        if number % 2:
            one.record(events.Withdrawn(reason="moved"), about)
            one.record(events.ErasureAsked(by="applicant", reason="no more"), about)
            asked.append(about)
    one.record(events.StockReceived(tuple(blanks), "file", delivery="2026-11"), subject())
    spoiled = blanks[3].identification_code
    one.record(events.StockSpoiled(spoiled, "damaged"), spoiled)
    receive(centre, one.desk, one.entries)
    two.record(opened(2), subject())  # open at the other desk already
    two.record(AT.intended, asked[2])  # its application was withdrawn: the number is kept, and no card has it
    receive(centre, two.desk, two.entries)
    refuse(centre, asked[0], "法定保存期未满", SECOND)
    erase(centre, asked[1:2], Reason(Why.REQUEST, "applicant", SECOND))
