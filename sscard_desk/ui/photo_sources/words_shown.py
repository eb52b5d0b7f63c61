"""The words of consent as they stand on the screens, in one language, with what was drawn under them. No Qt."""

from dataclasses import replace
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.forms.photo_consent import ConsentText, consent_text
from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.words import say
from sscard_desk.usecases.photo_consent import consent_party

CHINESE: Final = "zh_CN"


class WordsShown:
    """What is being signed; the words are those that stand on the screen, in the language in which they stand there."""

    def __init__(self) -> None:
        self._text: ConsentText | None = None
        self.state: ConsentState | None = None

    @property
    def text(self) -> ConsentText:
        """The words that are shown.

        Raises:
            LookupError: none are; a page signed without showing, which is a defect.
        """
        if self._text is None:
            raise LookupError("no words of consent are shown")
        return self._text

    def show(self, application: Application, source: str, language: str = "") -> None:
        """Show the words of a source; another language clears what was drawn under the first."""
        before = self.state.language if self.state is not None else CHINESE
        text = self._text = consent_text(source, language or before)
        self.state = ConsentState(
            text.title,
            text.paragraphs,
            text.edition,
            text.language,
            say(f"photo_sources.party.{consent_party(application)}"),
            way=self.state.way if self.state is not None else "pad",
        )

    def hide(self) -> None:
        """Show none; nothing that was drawn stays."""
        self._text, self.state = None, None

    def draw(self, strokes: Strokes) -> None:
        """The pen was lifted."""
        if self.state is not None:
            self.state = replace(self.state, strokes=strokes)

    def clear(self) -> None:
        """Clear what was drawn."""
        self.draw(Strokes())

    def use(self, way: str) -> None:
        """Sign on the pad, on paper that is scanned, or by a thumb print."""
        if self.state is not None:
            self.state = replace(self.state, way=way, strokes=Strokes())
