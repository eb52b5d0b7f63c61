import pytest

from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.tidy import tidy


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("mobile", " 138 0013-8000", "13800138000"),
        ("mobile", "１３８００１３８０００", "13800138000"),
        ("name", "阿依古丽•买买提江", "阿依古丽·买买提江"),
        ("name", " 欧阳  文斌 ", "欧阳文斌"),
        ("name", "张　三", "张三"),
        ("name", "阿依古丽 • 买买提江", "阿依古丽·买买提江"),
        ("name", "Anna  Maria SMITH", "Anna Maria SMITH"),
        ("name", "\uf900", "\uf900"),
        ("valid_to", "20261123", "2026-11-23"),
        ("valid_to", "2026年1月3日", "2026-01-03"),
        ("valid_to", "长期", "长期"),
        ("agent_id_number", "110101 19900307 002x", "11010119900307002X"),
        ("mailing_address", "示例市 18号", "示例市 18号"),
    ],
)
def test_typed_text_is_put_right_without_changing_what_it_says(
    registration: FormDefinition, field: str, typed: str, kept: str
) -> None:
    assert tidy(registration.field(field), typed) == kept
