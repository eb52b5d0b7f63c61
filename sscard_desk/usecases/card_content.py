"""What stands on an application's card, and how long the card is valid."""

from datetime import date

from sscard_desk.cards.plan import CardContent
from sscard_desk.domain.application import Application
from sscard_desk.domain.register import on_card
from sscard_desk.usecases.name_on_card import written_name


def card_content(application: Application, blank_number: str, issue: date, until: date) -> CardContent:
    """Return what stands on this application's card."""
    answers = on_card(application)
    number = answers["id_number"]
    return CardContent(
        issue_date=issue,
        valid_until=until,
        card_number=blank_number,
        social_security_number=number,
        name=written_name(answers),
        sex=answers["sex"],
        ethnic=answers.get("ethnic", ""),
        birthplace=number[:6] if application.document_kind == "citizen" else "",
        birth_date=date.fromisoformat(answers["birth"]),
    )


def last_day(issue: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 28 February."""
    try:
        return issue.replace(year=issue.year + years)
    except ValueError:
        return issue.replace(year=issue.year + years, day=28)
