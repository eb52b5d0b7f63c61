"""An application that begins is whole: every field is there, and none is shared with another one."""

from dataclasses import fields, is_dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import Opened
from sscard_desk.domain.folding import open_application
from sscard_desk.domain.ids import AccountId, ApplicationId, PersonKey
from sscard_desk.domain.steps import Step

OPENED = Opened(
    "N1",
    "330102199001010019",
    "示例",
    "citizen",
    "chip",
    {"mobile": "13800000000"},
    PersonKey("p1"),
    "walk_in",
    "a reason",
    AccountId("s1"),
    "id_card",
    {"registration": "1"},
)


def test_an_application_that_begins_is_the_one_that_its_fields_make() -> None:
    begun = open_application(ApplicationId("a1"), OPENED, AccountId("c1"))
    assert begun == Application(
        id=ApplicationId("a1"),
        number="N1",
        step=Step.OPENED,
        id_number="330102199001010019",
        name="示例",
        document_kind="citizen",
        evidence="chip",
        opened_by=AccountId("c1"),
        origin="walk_in",
        person=PersonKey("p1"),
        answers={"mobile": "13800000000"},
        evidence_source="id_card",
        second_exception="a reason",
        second_exempted_by=AccountId("s1"),
        editions={"registration": "1"},
        version=1,
    )
    assert set(vars(begun)) == {field.name for field in fields(Application)}
    assert is_dataclass(begun)


def test_no_two_applications_share_what_can_be_changed() -> None:
    one, other = (open_application(ApplicationId(key), OPENED, AccountId("c1")) for key in ("a1", "a2"))
    for name, value in vars(one).items():
        if isinstance(value, dict | list | set):
            assert value is not vars(other)[name], name
