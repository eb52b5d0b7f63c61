"""The page in named states, for pictures and tests."""

from dataclasses import replace
from datetime import date

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.photo_sources import (
    ChipDecoderCrashed,
    ChipDecoderMissing,
    ReceiptExpired,
    ReceiptUnknown,
    RegisterPhotoLimitReached,
    RegisterPhotoMissing,
)
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo_sources.presenter import SourcesPresenter
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI_CARD
from sscard_desk.ui.sample_desk.signatures import signature
from sscard_desk.ui.shell import Shell

STATES = (
    "chip_consent",
    "chip_signing",
    "chip_english",
    "chip_paper",
    "chip_paper_again",
    "chip_thumb",
    "chip_witness",
    "chip_waits",
    "chip_made",
    "chip_kept",
    "chip_crashed",
    "register_none",
    "register_offline",
    "register_asking",
    "register_limit",
    "studio",
    "studio_expired",
    "studio_unknown",
    "studio_made",
    "scanner",
    "scanner_several",
    "adopted",
    "signed",
)
"""All of them; `waits` and `asking` stand still because that lane sleeps."""

_TROUBLES = {
    "chip_kept": ChipDecoderMissing(reason="not_set"),
    "chip_crashed": ChipDecoderCrashed(),
    "register_none": RegisterPhotoMissing(),
    "register_offline": CentreUnreachable(waiting=0),
    "register_limit": RegisterPhotoLimitReached(minutes=23),
    "studio_expired": ReceiptExpired(until=date(2026, 11, 1)),
    "studio_unknown": ReceiptUnknown(),
}


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    source = name.partition("_")[0] if not name.startswith(("adopted", "signed")) else "chip"
    asleep = {"chip_waits": {"id_reader"}, "register_asking": {"network"}}.get(name, set[str]())
    desk = SampleDesk()
    desk.id_reader.card = replace(LI_SI_CARD, photo_wlt=bytes(1024))
    page = desk.pages.photo_sources
    if name == "signed":
        desk.until(Station.APPROVE)
        desk.serving.go(Station.PHOTO)
    else:
        desk.until(Station.PHOTO)
    desk.runner.asleep = ASLEEP - {"id_reader"} | asleep  # on the start page a reader that answers would never rest
    page.show(source)
    desk.sources.trouble = _TROUBLES.get(name)
    _consent(page, name)
    match name:
        case "studio_expired" | "studio_unknown" | "studio_made":
            page.typed("receipt", "XP03074258")
            page.typed("issued", "20260803" if name == "studio_expired" else "20261102")
            page.ask()
        case "scanner_several":
            desk.sources.photos = 3
            page.ask()
        case "adopted":
            _sign(page)
            page.go_on()
            desk.serving.go(Station.PHOTO)
            page.show("chip")
        case "chip_waits" | "chip_made" | "chip_kept" | "chip_crashed":
            _sign(page)
        case "register_none" | "register_limit" | "register_offline" | "register_asking":
            _sign(page)
        case _:
            pass
    return desk.shell


def _consent(page: SourcesPresenter, name: str) -> None:
    """Bring the consent into the state of a sample, where it is about one."""
    consenting = page.consenting
    match name:
        case "chip_signing":
            consenting.drawn(signature("applicant"))
        case "chip_english":
            consenting.use_language("en")
        case "chip_paper" | "chip_paper_again":
            consenting.use_way("paper")
            for _ in range(2 if name == "chip_paper_again" else 0):
                consenting.print_sheet()
        case "chip_thumb" | "chip_witness":
            consenting.use_way("thumb")
            if name == "chip_witness":
                consenting.take_thumb("thumb.jpg")
        case _:
            pass


def _sign(page: SourcesPresenter) -> None:
    page.consenting.drawn(signature("applicant"))
    page.consenting.confirm()
