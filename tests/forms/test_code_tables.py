"""Every code table of the domain reference (E.7, G and the lists of E.2) is here, code by code, and says its source."""

import pytest

from sscard_desk.forms.codes import Certainty, table
from sscard_desk.forms.definition import FieldType
from sscard_desk.forms.load import load_form
from sscard_desk.resources import resource


def codes(text: str) -> list[str]:
    """Return the codes written as `01-03 07`, ranges with the leading zeros of their beginning."""
    found: list[str] = []
    for part in text.split():
        first, _, last = part.partition("-")
        found += [f"{n:0{len(first)}d}" for n in range(int(first), int(last or first) + 1)]
    return found


REFERENCE = {
    "document_kind": ("01-15 21 90 99", "AAC058", Certainty.CONFIRMED),
    "person_status": ("1-11 99", "no national standard", Certainty.SINGLE_SOURCE),
    "household_kind": ("10-12 20-22 30-34 40-42 50-52", "no national standard", Certainty.SINGLE_SOURCE),
    "card_category": ("1-3", "no national standard", Certainty.SINGLE_SOURCE),
    "relationship": ("1 21 22 31 32 4 6-8", "one city", Certainty.SINGLE_SOURCE),
    "occupation": ("10000 20000 30000 40000 50000 60000 70000 80000", "GB/T 6565", Certainty.SINGLE_SOURCE),
    "application_kind": ("1-3 5-7 08", "one province", Certainty.SINGLE_SOURCE),
    "sex": ("0 1 2 9", "GB/T 2261.1", Certainty.CONFIRMED),
    "marital": ("10 20-23 30 40 90", "GB/T 2261.2", Certainty.CONFIRMED),
    "ethnic": ("01-56 97 98", "GB/T 3304", Certainty.CONFIRMED),
    "education": ("10-23 28 30-33 40-49 60-63 70 71 73 80 81 83 90", "GB/T 4658-2006", Certainty.CONFIRMED),
    "householder_relationship": (
        "01 02 10-12 20-39 40-49 50-59 60-64 70-79 80 97-99",
        "GB/T 4761-2008",
        Certainty.CONFIRMED,
    ),
    "political": ("01-13", "GB/T 4762", Certainty.CONFIRMED),
}
"""Codes, standard or source, and certainty, by table."""


@pytest.mark.parametrize("name", REFERENCE)
def test_a_table_has_every_code_of_the_reference_and_names_its_source(name: str) -> None:
    wanted, standard, certainty = REFERENCE[name]
    found = table(name)
    assert set(codes(wanted)) - {row.code for row in found.rows} == set()
    extra = {row.code for row in found.rows} - set(codes(wanted))
    assert extra <= {"99.1", "07.1", "07.2"}  # kinds of documents that the reference knows and its list has no code for
    assert standard in found.standard
    assert found.certainty is certainty


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("education", "14", "硕士研究生毕业"),
        ("education", "83", "小学肄业"),
        ("political", "10", "九三学社社员"),
        ("political", "13", "群众"),
        ("householder_relationship", "36", "五女"),
        ("householder_relationship", "64", "外祖母"),
        ("occupation", "20000", "专业技术人员"),
        ("card_category", "3", "农村居民"),
        ("application_kind", "08", "预制卡"),
    ],
)
def test_a_code_means_what_the_reference_says(name: str, code: str, word: str) -> None:
    assert table(name).row(code).words.zh == word


def test_every_table_of_a_shipped_form_exists_and_no_table_is_without_certainty() -> None:
    for path in resource("codes").glob("*.toml"):
        if path.stem != "surname_readings":
            assert table(path.stem).certainty in Certainty


FIELDS = {
    "数据归属机构": "agency",
    "卡类别": "card_category",
    "社会保障号": "social_security_number",
    "姓名": "name",
    "生僻字描述": "name_description",
    "国家地区": "nationality",
    "证件类型": "document_kind",
    "证件号码": "id_number",
    "证件有效期": "valid_to",
    "性别": "sex",
    "民族": "ethnic",
    "出生日期": "birth",
    "人员状态": "person_status",
    "户口区县": "region",
    "户口性质": "household_kind",
    "户口地址": "household_address",
    "联系手机": "mobile",
    "联系电话": "phone",
    "联系电话类型": "phone_kind",
    "通讯地址": "mailing_address",
    "邮政编码": "postcode",
    "电子邮箱": "email",
    "个人编号": "person_no",
    "单位编号": "employer_no",
    "单位名称": "employer_name",
    "行业": "industry",
    "职业工种": "occupation",
    "监护人证件类型": "agent_document_kind",
    "监护人证件号码": "agent_id_number",
    "监护人姓名": "agent_name",
    "服务银行": "bank",
    "收表网点": "outlet",
    "申请类型": "application_kind",
    "补换原因": "replacement_reason",
    "原社保卡号": "former_card_number",
    "收件地址": "delivery_address",
    "即时制卡": "instant",
    "相片": "photo",
    "镇(社区)、村": "community",
    "代办人性别": "agent_sex",
    "代办人住址": "agent_address",
    "与申领人关系": "agent_relationship",
    "领取方式": "pick_up",
    "学历": "education",
    "婚姻": "marital",
    "政治面貌": "political",
    "与户主关系": "householder_relationship",
}
"""The items of an application of the domain reference E.2, and the tables of G, by the field that takes them."""


def test_the_registration_form_has_every_item_of_an_application() -> None:
    form = load_form("registration")
    assert [item for item, field in FIELDS.items() if not form.has(field)] == []
    drawn = {cell.field for block in form.paper.blocks for row in block.rows for cell in row.cells}
    drawn |= {block.field for block in form.paper.blocks}
    assert [item for item, field in FIELDS.items() if field not in drawn] == []


def test_each_code_field_uses_the_table_of_its_standard() -> None:
    form = load_form("registration")
    of = {"education": "education", "political": "political", "occupation": "occupation", "marital": "marital"}
    for field, name in of.items():
        assert form.field(field).type is FieldType.CODE
        assert form.field(field).table == name
