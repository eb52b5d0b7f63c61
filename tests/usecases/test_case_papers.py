"""Which papers a case has at its step, and what stands on them after the case was refused."""

from dataclasses import replace

import pytest

from sscard_desk.domain.errors.cases import PaperNotNow
from sscard_desk.domain.events import Material
from sscard_desk.domain.steps import Step
from sscard_desk.texts import LANGUAGES, Catalogue, describe
from sscard_desk.usecases.case_papers import make_paper, paper_offers
from sscard_desk.usecases.check_materials import checklist
from sscard_desk.usecases.close_application import refuse

from .test_papers import CALENDAR, application, portrait, press, text_of

__all__ = ["application", "portrait", "press"]


def ready(of) -> list[str]:
    return [each.form for each in paper_offers(of) if not each.why_not]


def test_the_step_says_which_papers_there_are(application) -> None:
    assert ready(application) == ["privacy_consent"]
    seen = tuple(Material(name, "original_seen") for name in checklist(application))
    checked = replace(application, step=Step.MATERIALS_CHECKED, materials=seen)
    assert ready(checked) == ["privacy_consent", "materials_receipt", "acceptance_receipt"]
    lacking = replace(checked, materials=(replace(seen[0], state="missing"), *seen[1:]))
    assert "missing_notice" in ready(lacking)
    written = replace(checked, step=Step.CARD_WRITTEN)
    assert "collection_notice" in ready(written)
    assert "collection_notice" not in ready(replace(written, step=Step.HANDED_OVER))


def test_every_paper_that_is_offered_is_made_and_every_other_says_why_not(press, application) -> None:
    for offer in paper_offers(application):
        if not offer.why_not:
            assert make_paper(press, application, offer.form, CALENDAR).pdf.startswith(b"%PDF")
            continue
        with pytest.raises(PaperNotNow) as refused:
            make_paper(press, application, offer.form, CALENDAR)
        for language in LANGUAGES:
            assert "{" not in describe(refused.value, Catalogue(language)).message


def test_the_notice_of_a_refused_case_names_the_chosen_reason_once_with_what_was_added(
    press, application, store, clerk
) -> None:
    after = refuse(store, clerk, application, "已有社会保障卡；卡状态正常", "has_card")
    text = text_of(make_paper(press, after, "refusal_notice", CALENDAR))
    assert "理由：已有社会保障卡；卡状态正常" in text
    assert text.count("已有社会保障卡") == 1
    own = replace(after, closed_reason="户籍信息待核", closed_code="")
    assert "理由：户籍信息待核" in text_of(make_paper(press, own, "refusal_notice", CALENDAR))
