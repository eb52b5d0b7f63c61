"""Definitions made from the shipped registration form by one mutation each, with where the mistake has to be told."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sscard_desk.resources import form_folder

FORM, PAPER = "form.toml", "paper.toml"


@dataclass(frozen=True)
class Mutation:
    """One mistake.

    Attributes:
        name: what was done, as a folder's name.
        file: where.
        after: text whose first place the replacement follows (a field's id line, for example).
        old: what is replaced, from there on.
        new: what takes its place.
        field: the id of the field, check or paragraph that has to be named, empty for none.
        key: how the key's path has to end.
        reason: word of `definition.toml`.
        shift: lines from the first changed line to the line that has to be named.
    """

    name: str
    file: str
    after: str
    old: str
    new: str
    field: str
    key: str
    reason: str
    shift: int = 0

    def make(self, folder: Path) -> int:
        """Write the broken form and return the line that has to be named."""
        shutil.copytree(form_folder("registration"), folder)
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        start = text.index(self.after) if self.after else 0
        at = text.index(self.old, start)
        path.write_text(text[:at] + self.new + text[at + len(self.old) :], encoding="utf-8")
        kept = len(self.old) - len(self.old.lstrip("\n"))
        return text[: at + kept].count("\n") + 1 + self.shift


def at(field: str) -> str:
    """Return the line that begins a field or paragraph."""
    return f'id = "{field}"\n'


MUTATIONS = (
    Mutation("not-toml", FORM, at("phone"), '"固定电话"', '"固定电话', "", "-", "not_toml"),
    Mutation("bad-date", FORM, "", "2026-01-01", "2026-02-30", "", "-", "not_toml"),
    Mutation("key-twice", FORM, at("phone"), 'en = "Telephone"', 'zh = "Telephone"', "", "-", "not_toml"),
    Mutation("misspelt-key", FORM, at("mobile"), "required", "requierd", "mobile", ".requierd", "unknown_key"),
    Mutation("unknown-top-key", FORM, "", "letter =", 'owner = "x"\nletter =', "", "owner", "unknown_key"),
    Mutation("unknown-table", FORM, at("use"), "[[prose]]", "[[proze]]", "", "proze", "unknown_key"),
    Mutation("text-for-number", FORM, at("remarks"), "120", '"many"', "remarks", ".most", "not_a_whole"),
    Mutation("number-for-text", FORM, "", '"2026-1"', "2026", "", "edition", "not_a_text"),
    Mutation("text-for-flag", FORM, at("mobile"), "true", '"yes"', "mobile", ".required", "not_a_flag"),
    Mutation("text-for-date", FORM, "", "2026-01-01", '"2026-01-01"', "", "valid_from", "not_a_day"),
    Mutation("time-for-date", FORM, "", "2026-01-01", "2026-01-01T00:00:00", "", "valid_from", "not_a_day"),
    Mutation("list-for-table", FORM, at("phone"), "{ zh", '["x"] #', "phone", ".hint", "not_a_table"),
    Mutation("most-of-nothing", FORM, at("remarks"), "120", "0", "remarks", ".most", "out_of_range"),
    Mutation("unknown-type", FORM, at("email"), 'type = "email"', 'type = "e-mail"', "email", ".type", "not_a_choice"),
    Mutation("unknown-width", FORM, at("mailing_address"), '"full"', '"whole"', "mailing_address", ".screen",
             "not_a_choice"),
    Mutation("id-twice", FORM, at("mobile"), at("phone"), at("mobile"), "mobile", ".id", "twice"),
    Mutation("id-with-a-blank", FORM, at("mobile"), at("phone"), 'id = "phone no"\n', "phone no", ".id", "id_shape"),
    Mutation("no-id", FORM, at("mailing_address"), at("postcode"), "", "", ".id", "missing", -1),
    Mutation("no-english", FORM, at("email"), 'en = "E-mail"\n', "", "email", ".en", "missing", -5),
    Mutation("empty-chinese", FORM, at("email"), '"电子邮箱"', '" "', "email", ".zh", "empty"),
    Mutation("section-without-english", FORM, at("contact"), 'en = "Contact"\n', "", "contact", ".en", "missing", -3),
    Mutation("no-edition", FORM, "", 'edition = "2026-1"\n', "", "", "edition", "missing", -5),
    Mutation("edition-in-small-letters", FORM, "", '"2026-1"', '"2026-a"', "", "edition", "edition_shape"),
    Mutation("two-letters", FORM, "", '"R"', '"RE"', "", "letter", "letter_shape"),
    Mutation("ends-before-it-begins", FORM, "", "2026-01-01", "2026-01-01\nvalid_to = 2025-12-31", "", "valid_to",
             "ends_before_start", 1),
    Mutation("unknown-section", FORM, at("postcode"), '"contact"', '"contakt"', "postcode", ".section",
             "no_such_section"),
    Mutation("unknown-code-table", FORM, at("pick_up"), 'table = "pick_up"', 'table = "pickup"', "pick_up", ".table",
             "no_such_table"),
    Mutation("code-without-table", FORM, at("pick_up"), 'table = "pick_up"\n', "", "pick_up", ".table", "missing", -4),
    Mutation("table-on-a-text", FORM, at("remarks"), 'type = "text"', 'type = "text"\ntable = "sex"', "remarks",
             ".table",
             "not_for_type", 1),
    Mutation("beside-itself", FORM, at("sex"), 'beside = "ethnic"', 'beside = "sex"', "sex", ".beside", "itself"),
    Mutation("beside-nobody", FORM, at("sex"), 'beside = "ethnic"', 'beside = "ethnik"', "sex", ".beside",
             "no_such_field"),
    Mutation("document-of-a-text", FORM, at("id_number"), '"document_kind"', '"authority"', "id_number",
             ".document_field",
             "wrong_type"),
    Mutation("words-on-nothing", FORM, at("bank"), '"bank_name"', '"bank_nam"', "bank", ".words_field",
             "no_such_field"),
    Mutation("document-on-a-mobile", FORM, at("phone"), 'type = "phone"',
             'type = "phone"\ndocument_field = "document_kind"',
             "phone", ".document_field", "not_for_type", 1),
    Mutation("dangling-condition", FORM, at("photo_receipt"), '"photo_source"', '"photo_sauce"', "photo_receipt",
             ".when",
             "no_such_field"),
    Mutation("condition-of-two-shapes", FORM, at("photo_receipt"), '["3", "studio"]', '["3"], filled = true',
             "photo_receipt", ".when", "condition_shape"),
    Mutation("condition-with-an-unknown-code", FORM, at("photo_receipt"), '["3", "studio"]', '["33"]', "photo_receipt",
             ".when", "no_such_code"),
    Mutation("age-of-a-text", FORM, at("agent_name"), 'field = "birth", age', 'field = "authority", age', "agent_name",
             ".when", "wrong_type"),
    Mutation("age-without-a-day", FORM, at("agent_name"), ', on = "applied_on"', "", "agent_name", ".when.any_of[1]",
             "condition_shape"),
    Mutation("misspelt-condition", FORM, at("photo_receipt"), "one_of", "oneof", "photo_receipt", ".when.oneof",
             "unknown_key"),
    Mutation("waits-for-itself", FORM, at("photo_receipt"), 'field = "photo_source", one_of = ["3", "studio"]',
             'field = "photo_receipt", filled = true', "photo_receipt", ".when", "cycle"),
    Mutation("unknown-check", FORM, "", 'kind = "ordered"', 'kind = "orderly"', "", ".kind", "not_a_choice"),
    Mutation("check-without-partner", FORM, 'kind = "ordered"', 'other = "valid_from"\n', "", "", ".kind",
             "check_shape", -2),
    Mutation("check-of-nothing", FORM, 'kind = "ordered"', '"valid_to"', '"valid_too"', "", ".field", "no_such_field"),
    Mutation("check-of-texts-in-time", FORM, 'kind = "ordered"', '"valid_from"', '"authority"', "", ".other",
             "wrong_type"),
    Mutation("check-without-words", FORM, "", 'text = "ends_before_start"\n', "", "", ".text", "check_words", -4),
    Mutation("check-in-one-language", FORM, "", 'text = "ends_before_start"', 'zh = "止期早于起期"', "",
             ".en", "missing", -4),
    Mutation("check-with-an-unknown-text", FORM, "", '"ends_before_start"', '"ends_before_begin"', "", ".text",
             "no_such_text"),
    Mutation("paper-not-toml", PAPER, "", "pages = 3", "pages = ", "", "-", "not_toml"),
    Mutation("no-width", PAPER, "", "width = 210\n", "", "", "page.width", "missing", -1),
    Mutation("page-that-is-not-there", PAPER, "page 2", "page = 2", "page = 4", "", ".page", "out_of_range"),
    Mutation("outside-the-sheet", PAPER, "", "y = 230", "y = 290", "", ".y", "outside"),
    Mutation("wider-than-the-sheet", PAPER, "", "x = 162", "x = 182", "", ".width", "outside", 2),
    Mutation("upon-another-block", PAPER, "", "y = 107", "y = 95", "", ".y", "overlaps"),
    Mutation("unknown-block", PAPER, "", '"receipt"', '"reciept"', "", ".kind", "not_a_choice"),
    Mutation("misspelt-block-key", PAPER, "", "margin = 16", "margins = 16", "", "page.margins", "unknown_key"),
    Mutation("unknown-tick", PAPER, "", '"chip_photo_consent"', '"chip_consent"', "", ".tick", "no_such_field"),
    Mutation("unknown-prose", PAPER, "", '"receipt_hint"]', '"receipt_hynt"]', "", ".prose[1]", "no_such_prose"),
    Mutation("heading-of-no-section", PAPER, "", 'section = "photo"', 'section = "foto"', "", ".section",
             "no_such_section"),
    Mutation("photo-of-no-field", PAPER, "", 'field = "photo"', 'field = "foto"', "", ".field", "no_such_field"),
    Mutation("cell-with-a-text-for-a-width", PAPER, "", 'field = "name", label = 22', 'field = "name", label = "22"',
             "",
             ".rows[0].cells[0].label", "not_a_number"),
    Mutation("nan-for-a-place", PAPER, "", "y = 107", "y = nan", "", ".y", "out_of_range"),
    Mutation("no-end-of-a-height", PAPER, "", "height = 297", "height = inf", "", "page.height", "out_of_range"),
    Mutation("width-beyond-all-numbers", PAPER, "", "width = 210", f"width = 1{'0' * 400}", "", "page.width",
             "out_of_range"),
    Mutation("cell-of-no-field", PAPER, "", 'field = "phone", label', 'field = "phones", label', "",
             ".rows[0].cells[1].field", "no_such_field"),
    Mutation("row-that-is-too-wide", PAPER, "", 'field = "postcode", label = 22', 'field = "postcode", label = 24', "",
             ".rows[2].cells", "columns_width"),
    Mutation("signature-of-no-field", PAPER, "", '"signature_clerk"', '"signature_clark"', "", ".parties[1].field",
             "no_such_field"),
    Mutation("row-below-nothing", PAPER, "", "height = 10,", "height = -10,", "", ".rows[3].height", "out_of_range"),
    Mutation("boxes-beyond-counting", PAPER, "", "boxes = 6", "boxes = 600", "", ".boxes", "out_of_range"),
    Mutation("no-page-at-all", PAPER, "", "pages = 3", "pages = 0", "", "page.pages", "out_of_range"),
    Mutation("a-page-of-nothing", PAPER, "", "pages = 3", "pages = 4", "", "page.pages", "empty_page"),
    Mutation("pages-beyond-counting", PAPER, "", "pages = 3", "pages = 100000", "", "page.pages", "out_of_range"),
    Mutation("margin-of-half-a-sheet", PAPER, "", "margin = 16", "margin = 160", "", "page.margin", "out_of_range"),
    Mutation("upon-the-head", PAPER, "", "y = 41", "y = 20", "", ".y", "in_the_head"),
    Mutation("upon-the-codes", PAPER, "", "y = 230", "y = 250", "", ".y", "in_the_foot"),
    Mutation("heading-without-section", PAPER, "", 'section = "photo"\n', "", "", ".section", "missing", -7),
    Mutation("receipt-without-hint", PAPER, "", ', "receipt_hint"]', "]", "", ".prose", "paragraphs"),
    Mutation("choice-without-a-box", PAPER, "", 'tick = "chip_photo_consent"\n', "", "", ".tick", "missing", -7),
    Mutation("choice-of-a-text", PAPER, "", '"chip_photo_consent"', '"remarks"', "", ".tick", "wrong_type"),
    Mutation("photo-of-a-text", PAPER, "", 'field = "photo"', 'field = "remarks"', "", ".field", "wrong_type"),
    Mutation("signature-of-a-text", PAPER, "", '"signature_clerk"', '"remarks"', "", ".parties[1].field", "wrong_type"),
    Mutation("choices-of-a-text", PAPER, "", '"name", label = 22', '"name", options = true, label = 22', "",
             ".rows[0].cells[0].field", "wrong_type"),
    Mutation("brackets-without-end", FORM, at("phone"), "hint = ", f"hint = {'[' * 5000}#", "", "-", "nested"),
    Mutation("cell-with-a-misspelt-key", PAPER, "", "value = 67, boxes = 6", "value = 67, boxs = 6", "",
             ".rows[2].cells[0].boxs", "unknown_key"),
)  # fmt: skip
