"""The colours by use, for light, dark and high contrast. Contrast floors are held by `tests/ui/theme`."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Tokens:
    """The colours of one mode, as `#RRGGBB`. Names ending in `_t` are tints that carry text of the colour before it."""

    bg: str  # window, rail, side panel
    surface: str  # page, cards
    sunken: str  # quiet areas, search box
    line: str  # separators: decoration only
    line2: str  # borders of controls
    ink: str
    ink2: str  # labels, second line
    ink3: str  # hints, empty
    accent: str
    accent_h: str  # hover
    on: str  # text on the accent
    accent_tint: str  # chosen row, current step
    focus: str  # the focus ring and nothing else
    ok: str
    ok_t: str
    warn: str
    warn_t: str
    err: str
    err_t: str
    mark: str  # changed characters in a difference
    disabled: str
    disabled_ink: str
    shadow: str  # of toast, menu and dialog, with alpha
    ring: int = 3  # px of the focus ring
    outlined: bool = False  # tints are invisible: borders and dashes carry the difference


LIGHT = Tokens(
    bg="#EDF1F5", surface="#FFFFFF", sunken="#F5F7FA", line="#D8DFE8", line2="#7B899B",
    ink="#17212F", ink2="#465467", ink3="#58667A",
    accent="#1A5DBE", accent_h="#164E9F", on="#FFFFFF", accent_tint="#E7EFFB", focus="#0B57D0",
    ok="#14713F", ok_t="#E4F4EA", warn="#8A5200", warn_t="#FFF3DC", err="#B3261E", err_t="#FDECEA",
    mark="#FFE3A6", disabled="#E3E8EE", disabled_ink="#58667A", shadow="#2E17212F",
)  # fmt: skip
DARK = Tokens(
    bg="#0F151C", surface="#18212B", sunken="#202B37", line="#324051", line2="#7488A0",
    ink="#E9EEF4", ink2="#B7C3D1", ink3="#94A4B7",
    accent="#82B4FF", accent_h="#A5C9FF", on="#0C1623", accent_tint="#1D3350", focus="#A5C9FF",
    ok="#66D19A", ok_t="#17362A", warn="#F3BC55", warn_t="#3B2F16", err="#FF9A91", err_t="#44242A",
    mark="#6A4E12", disabled="#2A3644", disabled_ink="#9AA9BA", shadow="#00000000",
)  # fmt: skip
HIGH_CONTRAST = Tokens(
    bg="#000000", surface="#000000", sunken="#000000", line="#FFFFFF", line2="#FFFFFF",
    ink="#FFFFFF", ink2="#FFFFFF", ink3="#E6E6E6",
    accent="#5CD6FF", accent_h="#A6E8FF", on="#000000", accent_tint="#00323F", focus="#FFE600",
    ok="#7DFFA0", ok_t="#000000", warn="#FFD54A", warn_t="#000000", err="#FFA39B", err_t="#000000",
    mark="#5C4700", disabled="#000000", disabled_ink="#E6E6E6", shadow="#00000000",
    ring=4, outlined=True,
)  # fmt: skip


class Mode(Enum):
    """Which of the three tables is in use."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"

    @property
    def tokens(self) -> Tokens:
        """Return the colours of this mode."""
        return {Mode.LIGHT: LIGHT, Mode.DARK: DARK, Mode.HIGH_CONTRAST: HIGH_CONTRAST}[self]
