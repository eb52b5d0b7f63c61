import pytest

from sscard_desk.ui.keys import KEYS, Act, Key, chord_of, owned_by_others, shown


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.chord)
def test_no_key_belongs_to_input_method_or_system(key: Key) -> None:
    assert not owned_by_others(key.chord)


@pytest.mark.parametrize(
    "chord",
    [
        "Shift", "Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+;", "Ctrl+`", "F4", "Ctrl+Shift+F", "Ctrl+Shift+1",
        "Ctrl+Alt+L", "Ctrl+Alt+Del", "Ctrl+1", "Alt+F", "F10", "Meta+L",
    ],
)  # fmt: skip
def test_the_list_of_never_used_keys_is_recognised(chord: str) -> None:
    assert owned_by_others(chord)


def test_no_chord_stands_twice() -> None:
    chords = [key.chord for key in KEYS]
    assert len(chords) == len(set(chords))


def test_every_act_has_a_key() -> None:
    assert {key.act for key in KEYS} == set(Act)


def test_keys_are_shown_as_words() -> None:
    assert shown("Ctrl+Return") == "Ctrl+Enter"
    assert chord_of(Act.KEEP) == "Shift+F8"
    assert [act.step for act in Act if act.step] == list(range(1, 9))
