"""What is wrong with an answer, in words. No Qt."""

from sscard_desk.forms.findings import Finding
from sscard_desk.forms.words import Words as FormWords
from sscard_desk.ui.words import Both, Say, Words


def say_finding(finding: Finding) -> Words:
    """Return what is wrong, in words: the form's own, or a sentence of the catalogues."""
    if finding.words is not None:
        return Both(finding.words.zh, finding.words.en)
    return Say(finding.text, tuple((name, _spoken(value)) for name, value in finding.values.items()))


def _spoken(value: object) -> object:
    return Both(value.zh, value.en) if isinstance(value, FormWords) else value
