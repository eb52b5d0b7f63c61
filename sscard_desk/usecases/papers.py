"""Papers of one application besides the two forms: receipts, notices, consent, made from what was recorded.

Whoever prints one orders it like any other print; nothing here changes the application.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import Material
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.domain.prints import next_copy
from sscard_desk.domain.steps import Step
from sscard_desk.forms.closing import closing_reason
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.limits import limit
from sscard_desk.forms.materials import COPY_KEPT, MISSING
from sscard_desk.forms.notices import REFERENCE_KIND, notice_words
from sscard_desk.ports.calendar import WorkingDays
from sscard_desk.ports.paper import NO_LISTS, Lists
from sscard_desk.texts import Catalogue, Language
from sscard_desk.usecases.check_materials import checklist_of, missing_items
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import Drawn, plan_print
from sscard_desk.usecases.recording import need_reason
from sscard_desk.usecases.time_limit import as_time_limit, last_day

ACCEPTANCE_RECEIPT: Final = "acceptance_receipt"
MATERIALS_RECEIPT: Final = "materials_receipt"
MISSING_NOTICE: Final = "missing_notice"
REFUSAL_NOTICE: Final = "refusal_notice"
PRIVACY_CONSENT: Final = "privacy_consent"
COLLECTION_NOTICE: Final = "collection_notice"
_CARD_THERE: Final = frozenset({Step.CARD_WRITTEN, Step.CARD_RECEIVED, Step.HANDED_OVER})


@dataclass(frozen=True)
class MadePaper:
    """One paper, drawn.

    Attributes:
        definition: the form.
        serial: its form serial.
        copy: counted from 1.
        answers: what stands on it.
        lists: the rows of its tables.
        pdf: the document.
    """

    definition: FormDefinition
    serial: str
    copy: int
    answers: Mapping[str, str] = field(repr=False)
    lists: Lists = field(repr=False)
    pdf: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The content digest; a print of the same content is a reprint, and somebody has to say why."""
        return content_digest(self.definition, self.answers, "", self.lists)


def to_print(press: Press, application: Application, made: MadePaper, *, reason: str = "", words: str = "") -> Drawn:
    """Return a paper of an application ready to be ordered like its forms (`prints.order_prints`).

    Args:
        press: draws.
        application: whose paper.
        made: the paper.
        reason: code of `reprint_reason`, where the same content was printed before.
        words: the same in free words.
    """
    prints = press.store.prints(application.id)
    plan = plan_print(application, prints, made.definition, made.digest, reason=reason, words=words)
    return Drawn(plan, made.pdf, press.paper.pages(made.pdf))


def acceptance_receipt(press: Press, application: Application, calendar: WorkingDays) -> MadePaper:
    """Make the receipt of acceptance, by which the card is collected (业务受理回执、领取凭证).

    The card is ready today if it was written here; else on the last day of the limit `card_ready`.
    """
    today = _today(press)
    ready = today
    if application.step not in _CARD_THERE:
        ready = last_day(today, as_time_limit(limit("card_ready")), calendar).day
    known = application.answers
    answers = {
        **_case(press, application),
        "accepted_on": known.get("applied_on", ""),
        "applied_by": known.get("applied_by", ""),
        "bank": application.bank,
        "bank_name": application.bank_name,
        "pick_up": known.get("pick_up", ""),
        "collect_on": ready.isoformat(),
        "collect_until": _kept_until(ready).isoformat(),
    }
    return _made(press, application, ACCEPTANCE_RECEIPT, answers)


def materials_receipt(press: Press, application: Application) -> MadePaper:
    """Make the receipt of the materials that were shown, with how each was shown (材料接收回执)."""
    texts, language = _texts(press), press.language
    rows = []
    for line in checklist_of(application):
        if line.state in {"", MISSING}:
            continue
        promised = line.promised.isoformat() if line.promised else ""
        rows.append(
            {
                "material": line.asked.words(language),
                "material_state": line.state,
                "material_copies": "1" if line.state == COPY_KEPT else "",
                "material_remarks": texts("papers.promised_by", day=promised) if promised else "",
            }
        )
    answers = _case(press, application) | {
        "received_on": _today(press).isoformat(),
        "handed_in_by": application.answers.get("agent_name", "") or texts("papers.in_person"),
    }
    return _made(press, application, MATERIALS_RECEIPT, answers, {"materials": rows})


def missing_notice(
    press: Press, application: Application, calendar: WorkingDays, shown: Sequence[Material] | None = None
) -> MadePaper:
    """Make the notice that names everything missing at once (一次性告知书).

    It is to be supplied until the last day that was promised, else within the limit `materials_supply`.

    Args:
        press: draws.
        application: whose.
        calendar: the working days.
        shown: how the materials were shown where that is not recorded yet; None takes what is recorded.
    """
    lines = missing_items(application, shown)
    rows = [
        {
            "item": line.asked.words(press.language),
            "requirement": line.asked.hint(press.language),
            "promised_on": line.promised.isoformat() if line.promised else "",
        }
        for line in lines
    ]
    limit_day = last_day(_today(press), as_time_limit(limit("materials_supply")), calendar).day
    until = max((line.promised for line in lines if line.promised), default=limit_day)
    answers = _case(press, application) | {
        "applied_on": application.answers.get("applied_on", ""),
        "supply_until": until.isoformat(),
    }
    return _made(press, application, MISSING_NOTICE, answers, {"missing": rows})


def refusal_notice(press: Press, application: Application, reason: str, code: str = "") -> MadePaper:
    """Make the notice that the application is not accepted, with reason and ways of review (不予受理通知书).

    Args:
        press: draws.
        application: before or after it was closed.
        reason: in words, for the applicant.
        code: the reason's id in `resources/cases/closing.toml`, whose words in the paper's language go before `reason`.

    Raises:
        ReasonMissing: neither a known code nor a reason in words.
    """
    known = closing_reason(code) if code else None
    words = known.words(press.language) if known else ""
    if not words:
        need_reason(reason)
    parts = [words] if not reason.strip() or reason.strip() == words else [words, reason.strip()]
    answers = _case(press, application) | {
        "id_number": application.id_number,
        "applied_on": application.answers.get("applied_on", ""),
        "reason": _texts(press)("papers.between").join(part for part in parts if part),
    }
    return _made(press, application, REFUSAL_NOTICE, answers)


def privacy_consent(press: Press, application: Application, *, face: bool = False, bank: bool = False) -> MadePaper:
    """Make the privacy notice with the separate consents, ticked only where they were given on screen (单独同意书)."""
    known = application.answers
    answers = _case(press, application) | {
        "id_number": application.id_number,
        "birth": known.get("birth", ""),
        "guardian_name": known.get("agent_name", ""),
        "signed_on": _today(press).isoformat(),
        "consent_face": "yes" if face else "",
        "consent_bank": "yes" if bank else "",
    }
    return _made(press, application, PRIVACY_CONSENT, answers)


def collection_notice(press: Press, application: Application) -> MadePaper:
    """Make the letter that the card is ready (领卡通知)."""
    known, today = application.answers, _today(press)
    answers = _case(press, application) | {
        "mailing_address": known.get("mailing_address", ""),
        "postcode": known.get("postcode", ""),
        "applied_on": known.get("applied_on", ""),
        "collect_from": today.isoformat(),
        "collect_until": _kept_until(today).isoformat(),
        "bank": application.bank,
        "bank_name": application.bank_name,
    }
    return _made(press, application, COLLECTION_NOTICE, answers)


def _kept_until(ready: date) -> date:
    return ready + timedelta(days=limit("card_kept").days)


def _case(press: Press, application: Application) -> dict[str, str]:
    """Return what most papers say of a case; the number is masked, those that need it whole add it."""
    return {
        "name": application.name,
        "id_shown": masked(application.id_number),
        "document_kind": application.document_kind,
        "business": _texts(press)("papers.first_card"),
    }


def _made(
    press: Press, application: Application, name: str, answers: Mapping[str, str], lists: Lists = NO_LISTS
) -> MadePaper:
    definition = press.store.forms.current(name, _today(press))
    full = notice_words(name, press.store.reference(REFERENCE_KIND)) | dict(answers)
    copy = next_copy(name, press.store.prints(application.id))
    serial = f"{application.number}-{definition.letter}{copy}"
    pdf = press.draw(definition, application, full, copy=copy, serial=serial, lists=lists)
    return MadePaper(definition, serial, copy, full, lists, pdf)


def _today(press: Press) -> date:
    return press.clock.counted().astimezone().date()


def _texts(press: Press) -> Catalogue:
    return Catalogue(Language(press.language))
