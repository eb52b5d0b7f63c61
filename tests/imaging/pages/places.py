from sscard_desk.domain.form_scan import TickPlace
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.paper.places import tick_places
from sscard_desk.texts import LANGUAGES


def ticks_of(definition: FormDefinition) -> dict[str, tuple[TickPlace, ...]]:
    return {language: tick_places(definition, language) for language in LANGUAGES}
