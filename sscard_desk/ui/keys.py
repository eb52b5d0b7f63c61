"""Every key of the desk in one table. No Qt: the window makes shortcuts of it, a test walks it.

Enter, Tab, Space, Del and the digits are answered by the widget that has the focus (`local`); all others by the window,
and by nobody while an input method composes.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from sscard_desk.ui.words import Words, say


class Act(Enum):
    """What a key asks for, in the clerk's words. The value is its name in `keys.toml`."""

    SHOW_KEYS = "show_keys"
    SEARCH = "search"
    NEXT_HIT = "next_hit"
    AGAIN = "again"
    ALL_AGAIN = "all_again"
    NEXT_REGION = "next_region"
    PREVIOUS_REGION = "previous_region"
    SHOOT = "shoot"
    TAKE = "take"
    KEEP = "keep"
    CALL_NEXT = "call_next"
    CALL_AGAIN = "call_again"
    APPLICANT_WINDOW = "applicant_window"
    LOCK = "lock"
    WALK_IN = "walk_in"
    BOOK = "book"
    SAY_KEPT = "say_kept"
    NEXT = "next"
    BACK = "back"
    STEP_1 = "step_1"
    STEP_2 = "step_2"
    STEP_3 = "step_3"
    STEP_4 = "step_4"
    STEP_5 = "step_5"
    STEP_6 = "step_6"
    STEP_7 = "step_7"
    STEP_8 = "step_8"
    SERVED_PERSON = "served_person"
    AREA_UP = "area_up"
    AREA_DOWN = "area_down"
    NEXT_MISSING = "next_missing"
    DOCTOR = "doctor"
    UNSENT = "unsent"
    SET_DATE = "set_date"
    PAPERS = "papers"
    PREVIEW = "preview"
    FILTER = "filter"
    UNDO = "undo"
    REDO = "redo"
    LANGUAGE = "language"
    NEXT_FIELD = "next_field"
    PREVIOUS_FIELD = "previous_field"
    NEXT_CONTROL = "next_control"
    PREVIOUS_CONTROL = "previous_control"
    MARK_ROW = "mark_row"
    CLEAR = "clear"
    CHOOSE_SHOT = "choose_shot"
    ANSWER_NO = "answer_no"
    ANSWER_YES = "answer_yes"
    SHOOT_BY_ITSELF = "shoot_by_itself"
    OTHER_CAMERA = "other_camera"
    LIGHTER = "lighter"
    DARKER = "darker"
    LIGHT_BY_ITSELF = "light_by_itself"
    FOCUS = "focus"
    TAKE_MINE = "take_mine"
    TAKE_THEIRS = "take_theirs"

    @property
    def step(self) -> int | None:
        """The number of the step that Alt+number opens, or None."""
        name, _, number = self.value.partition("_")
        return int(number) if name == "step" else None

    @property
    def words(self) -> Words:
        """What the key does, for the overlay of F1."""
        return say(f"keys.{'step' if self.step else self.value}")


@dataclass(frozen=True)
class Key:
    """One key. `everywhere`: the window answers; otherwise the page in view does. `local`: the focused widget does."""

    chord: str
    act: Act
    everywhere: bool = False
    local: bool = False


KEYS: Final = (
    Key("F1", Act.SHOW_KEYS, everywhere=True),
    Key("F2", Act.SEARCH, everywhere=True),
    Key("F3", Act.NEXT_HIT),
    Key("F5", Act.AGAIN),
    Key("Shift+F5", Act.ALL_AGAIN),
    Key("F6", Act.NEXT_REGION, everywhere=True),
    Key("Shift+F6", Act.PREVIOUS_REGION, everywhere=True),
    Key("F7", Act.SHOOT),
    Key("F8", Act.TAKE),
    Key("Shift+F8", Act.KEEP),
    Key("F9", Act.CALL_NEXT),
    Key("Shift+F9", Act.CALL_AGAIN),
    Key("F11", Act.APPLICANT_WINDOW, everywhere=True),
    Key("F12", Act.LOCK, everywhere=True),
    Key("Ctrl+N", Act.WALK_IN, everywhere=True),
    Key("Ctrl+B", Act.BOOK, everywhere=True),
    Key("Ctrl+S", Act.SAY_KEPT, everywhere=True),
    Key("Ctrl+Return", Act.NEXT),
    Key("Esc", Act.BACK),
    *(Key(f"Alt+{act.step}", act, everywhere=True) for act in Act if act.step),
    Key("Alt+Home", Act.SERVED_PERSON, everywhere=True),
    Key("Ctrl+PgUp", Act.AREA_UP, everywhere=True),
    Key("Ctrl+PgDown", Act.AREA_DOWN, everywhere=True),
    Key("Ctrl+E", Act.NEXT_MISSING),
    Key("Ctrl+D", Act.DOCTOR, everywhere=True),
    Key("Ctrl+U", Act.UNSENT, everywhere=True),
    Key("Ctrl+T", Act.SET_DATE, everywhere=True),
    Key("Ctrl+P", Act.PREVIEW),
    Key("Ctrl+R", Act.PAPERS, everywhere=True),
    Key("Ctrl+F", Act.FILTER),
    Key("Ctrl+Z", Act.UNDO),
    Key("Ctrl+Y", Act.REDO),
    Key("Ctrl+L", Act.LANGUAGE, everywhere=True),
    Key("Return", Act.NEXT_FIELD, local=True),
    Key("Shift+Return", Act.PREVIOUS_FIELD, local=True),
    Key("Tab", Act.NEXT_CONTROL, local=True),
    Key("Shift+Tab", Act.PREVIOUS_CONTROL, local=True),
    Key("Space", Act.MARK_ROW, local=True),
    Key("Del", Act.CLEAR, local=True),
    *(Key(str(digit), Act.CHOOSE_SHOT, local=True) for digit in range(1, 7)),
    Key("N", Act.ANSWER_NO, local=True),
    Key("Y", Act.ANSWER_YES, local=True),
    Key("A", Act.SHOOT_BY_ITSELF, local=True),
    Key("C", Act.OTHER_CAMERA, local=True),
    Key("L", Act.LIGHTER, local=True),
    Key("D", Act.DARKER, local=True),
    Key("0", Act.LIGHT_BY_ITSELF, local=True),
    Key("F", Act.FOCUS, local=True),
    Key("M", Act.TAKE_MINE, local=True),
    Key("T", Act.TAKE_THEIRS, local=True),
)

_SHOWN: Final = {"Return": "Enter", "PgDown": "PgDn"}


def shown(chord: str) -> str:
    """Return a key as caps and texts name it: Ctrl+Enter, not Ctrl+Return."""
    return "+".join(_SHOWN.get(part, part) for part in chord.split("+"))


def chord_of(act: Act) -> str:
    """Return the key of an act as it is shown."""
    return shown(next(key.chord for key in KEYS if key.act is act))


def owned_by_others(chord: str) -> bool:
    """Return whether a key belongs to an input method or to the system and is therefore never ours.

    Shift alone, Ctrl+Space, Shift+Space, Ctrl with . ; ` or a digit, F4, F10, Ctrl+Shift+letter or digit,
    Ctrl+Alt+anything, Alt+letter, Meta.
    """
    *held, key = chord.split("+")
    modifiers = frozenset(held)
    single = len(key) == 1
    return (
        key in {"F4", "F10", "Shift", "Meta", ""}
        or "Meta" in modifiers
        or {"Ctrl", "Alt"} <= modifiers
        or (key == "Space" and modifiers in ({"Ctrl"}, {"Shift"}))
        or (modifiers == {"Ctrl"} and single and (key.isdigit() or key in ".;`"))
        or ({"Ctrl", "Shift"} <= modifiers and single and key.isalnum())
        or (modifiers == {"Alt"} and single and key.isalpha())
    )
