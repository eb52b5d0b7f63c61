"""The application SSSE and the files that the desk reads and writes (domain reference A.2, A.4, A.5).

Every item keeps a known encoding beside itself; a test walks them.
"""

from typing import Final

from sscard_desk.cards.card_file import CardFile
from sscard_desk.cards.items import AlphaNumeric, CalendarDate, Known, PackedDecimal, PackedHexadecimal

NAME: Final = "sx1.sh.社会保障".encode("gbk")
"""DF name of SSSE (DDF1), 15 bytes."""

RID: Final = bytes.fromhex("D156000005")
"""Registered application provider of social security."""

IDENTIFICATION_CODE: Final = PackedHexadecimal(
    0x01,
    "identification_code",
    "卡的识别码",
    16,
    Known(16, "520300D156000005050842704E187F49", bytes.fromhex("520300D156000005050842704E187F49")),
)
CARD_CLASS: Final = AlphaNumeric(0x02, "card_class", "卡的类别", 1, Known(1, "3", bytes.fromhex("33")))
SPEC_VERSION: Final = AlphaNumeric(0x03, "spec_version", "规范版本", 4, Known(4, "2.00", bytes.fromhex("322E3030")))
INIT_INSTITUTION: Final = PackedHexadecimal(
    0x04,
    "init_institution",
    "初始化机构编号",
    12,
    Known(12, "91560000025202005202006A", bytes.fromhex("91560000025202005202006A")),
)
ISSUE_DATE: Final = CalendarDate(0x05, "issue_date", "发卡日期", 4, Known(4, "20191120", bytes.fromhex("20191120")))
VALID_UNTIL: Final = CalendarDate(0x06, "valid_until", "卡有效期", 4, Known(4, "20291120", bytes.fromhex("20291120")))
CARD_NUMBER: Final = AlphaNumeric(
    0x07, "card_number", "卡号", 9, Known(9, "BA0010547", bytes.fromhex("424130303130353437"))
)

SOCIAL_SECURITY_NUMBER: Final = AlphaNumeric(
    0x08,
    "social_security_number",
    "社会保障号码",
    18,
    Known(18, "11010119900307109X", bytes.fromhex("313130313031313939303033303731303958")),
)
HOLDER_NAME: Final = AlphaNumeric(0x09, "name", "姓名", 30, Known(30, "张三", bytes.fromhex("D5C5C8FD")))
NAME_EXTENSION: Final = AlphaNumeric(
    0x4E, "name_extension", "姓名扩展", 20, Known(20, "买买提", bytes.fromhex("C2F2C2F2CCE1"))
)
SEX: Final = AlphaNumeric(0x0A, "sex", "性别", 1, Known(1, "1", bytes.fromhex("31")))
ETHNIC: Final = PackedDecimal(0x0B, "ethnic", "民族", 1, Known(1, "01", bytes.fromhex("01")))
BIRTHPLACE: Final = PackedDecimal(0x0C, "birthplace", "出生地", 3, Known(3, "520300", bytes.fromhex("520300")))
BIRTH_DATE: Final = CalendarDate(0x0D, "birth_date", "出生日期", 4, Known(4, "19850602", bytes.fromhex("19850602")))


EF05: Final = CardFile(
    0xEF05,
    "EF05",
    (IDENTIFICATION_CODE, CARD_CLASS, SPEC_VERSION, INIT_INSTITUTION, ISSUE_DATE, VALID_UNTIL, CARD_NUMBER),
)
"""Card public data, free to read."""

EF06: Final = CardFile(
    0xEF06,
    "EF06",
    (SOCIAL_SECURITY_NUMBER, HOLDER_NAME, NAME_EXTENSION, SEX, ETHNIC, BIRTHPLACE, BIRTH_DATE),
)
"""Holder data. Cards of version 1.00 have no 4E, so records are read by tag, never by number."""

FILES: Final = {file.name: file for file in (EF05, EF06)}

KEY_READS_HOLDER: Final = "3."
"""From specification version 3 on, EF06 needs external authentication with RKssse before it can be read."""
