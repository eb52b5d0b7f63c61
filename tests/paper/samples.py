"""Synthetic content for each paper; rare names, `·`, the longest texts and right check digits are among it."""

from sscard_desk.ports.paper import Lists

RARE = ("𠅤䶮", "𬱖毳", "阿依古丽·买买提江·阿布都热合曼", "欧阳文静", "㐂田")
NUMBER = "11010119900307002X"
PUPIL = "110101201403070029"


def pupils(count: int) -> list[dict[str, str]]:
    """Return the rows of a class."""
    return [
        {
            "student_name": RARE[n % len(RARE)],
            "student_sex": "1" if n % 2 else "2",
            "student_document_kind": "01",
            "student_id_number": PUPIL,
            "student_birth": "2014-03-07",
            "guardian_name": RARE[(n + 2) % len(RARE)],
            "guardian_mobile": f"138{n:08d}",
            "student_application_no": f"4201-03-26-{n + 1:05d}-2",
            "student_remarks": "户口簿姓名用字与学籍不一致，已核" if n % 7 == 3 else "",
        }
        for n in range(count)
    ]


def cards(count: int) -> list[dict[str, str]]:
    """Return the rows of a bank's hand-over list."""
    return [
        {
            "holder_name": RARE[n % len(RARE)],
            "holder_document_kind": "01",
            "holder_id_number": NUMBER,
            "card_number": f"A{n:08d}",
            "issued_on": "2026-11-23",
            "holder_mobile": "13800138000",
            "holder_application_no": f"4201-03-26-{n + 1:05d}-2",
        }
        for n in range(count)
    ]


def papers(count: int) -> list[dict[str, str]]:
    """Return the rows of a register of spoiled papers."""
    return [
        {
            "paper_serial": f"4201-03-26-{n + 1:05d}-2-R1",
            "paper_name": "社会保障卡申领登记表",
            "paper_copy": "1",
            "spoiled_on": "2026-11-23",
            "spoiled_reason": "卡纸，重打第二份" if n % 3 else "申领人更正通讯地址后重打，原件收回",
            "spoiled_by": "王丽",
        }
        for n in range(count)
    ]


CASE = {"name": "𠅤䶮", "id_shown": "110101********002X", "document_kind": "01", "business": "首次申领社会保障卡"}

ANSWERS: dict[str, dict[str, str]] = {
    "class_list": {
        "school": "示例市城关区第一实验小学（和平路校区）",
        "school_code": "3142010001",
        "class": "三年级（2）班",
        "contact": "买买提江·阿布都",
        "contact_phone": "027-12345678",
        "listed_on": "2026-11-20",
    },
    "acceptance_receipt": CASE
    | {
        "accepted_on": "2026-11-23",
        "applied_by": "1",
        "bank": "95588",
        "bank_name": "示例银行",
        "collect_on": "2026-12-14",
        "collect_until": "2027-03-14",
        "pick_up": "1",
        "collect_at": "示例市城关区和平路18号城关街道社保服务点2号窗口",
        "collect_hours": "工作日 9:00 至 12:00，13:30 至 17:00",
        "contact_phone": "12333",
    },
    "materials_receipt": CASE | {"received_on": "2026-11-23", "handed_in_by": "本人"},
    "missing_notice": CASE
    | {
        "applied_on": "2026-11-23",
        "supply_until": "2026-12-07",
        "basis": "本市社会保障卡管理办法关于申领材料的规定",
        "contact_phone": "12333",
    },
    "refusal_notice": CASE
    | {
        "id_number": NUMBER,
        "applied_on": "2026-11-23",
        "reason": "您已于 2024 年 5 月在示例市申领社会保障卡，卡状态正常，不属于首次申领；如需换领，请按换卡业务办理。",
        "basis": "本市社会保障卡管理办法关于申领条件的规定",
        "review_body": "示例市人民政府",
        "review_days": "60",
        "court": "示例市城关区人民法院",
        "suit_months": "6",
        "contact_phone": "12333",
    },
    "privacy_consent": CASE
    | {
        "id_number": PUPIL,
        "birth": "2014-03-07",
        "guardian_name": "阿依古丽·买买提江·阿布都热合曼",
        "signed_on": "2026-11-23",
        "handler": "示例市人力资源和社会保障局城关街道社保服务点",
        "handler_contact": "027-12345678",
        "retention": "办结后五年",
        "consent_face": "yes",
    },
    "photo_consent": {
        "name": "阿依古丽·买买提江·阿布都热合曼",
        "id_shown": "110101********002X",
        "signed_by": "监护人",
        "words_edition": "2026-1 / 0123456789ABCDEF",
        "title": "使用居民身份证芯片照片的单独同意",
    }
    | {
        f"words_{n}": "照片只用于制卡和核对持卡人身份，不用于其他人脸识别，不提供给与制卡无关的单位。" * 3
        for n in range(1, 7)
    },
    "bank_handover": {
        "bank": "95588",
        "bank_name": "示例银行",
        "outlet": "955880001",
        "outlet_name": "示例银行和平路支行",
        "handed_on": "2026-11-23",
        "contents": "已发社会保障卡金融账户启用资料",
    },
    "spoiled_register": {"from_day": "2026-11-01", "to_day": "2026-11-30"},
    "collection_notice": {
        "name": "阿依古丽·买买提江·阿布都热合曼",
        "mailing_address": "示例市城关区和平路18号3号楼502室",
        "postcode": "100010",
        "applied_on": "2026-11-23",
        "collect_from": "2026-12-14",
        "collect_until": "2027-03-14",
        "collect_at": "示例市城关区和平路18号城关街道社保服务点2号窗口",
        "collect_hours": "工作日 9:00 至 12:00，13:30 至 17:00",
        "contact_phone": "12333",
        "bank": "95588",
        "bank_name": "示例银行",
    },
}
"""Answers by paper."""

MATERIALS = [
    {"material": "居民身份证", "material_state": "original_seen", "material_copies": "1"},
    {"material": "户口簿（首页和本人页）", "material_state": "copy_kept", "material_copies": "2"},
    {"material": "申领登记表", "material_state": "original_seen", "material_remarks": "已由申领人核对"},
]
MISSING = [
    {"item": "户口簿", "requirement": "首页和本人页原件；集体户口提供登记机关出具的首页", "promised_on": "2026-12-07"},
    {
        "item": "监护人身份证",
        "requirement": "监护人陪同，出示有效居民身份证原件，并能证明监护关系（户口簿、出生医学证明或者有关机关出具的"
        "证明之一）；由他人代办的，另需监护人书面委托",
        "promised_on": "2026-12-07",
    },
    {"item": "照片回执", "requirement": "名单内采集点 90 日内出具的数码照片回执，粘贴在登记表规定位置"},
]

LISTS: dict[str, Lists] = {
    "class_list": {"students": pupils(46)},
    "materials_receipt": {"materials": MATERIALS},
    "missing_notice": {"missing": MISSING},
    "bank_handover": {"cards": cards(30)},
    "spoiled_register": {"papers": papers(5)},
}
"""Rows by paper, for those with a table."""
