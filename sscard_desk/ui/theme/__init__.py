"""One table of colours, sizes and type. No colour, size or font is written anywhere else."""

from sscard_desk.ui.theme.current import apply, mode, tokens
from sscard_desk.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Mode, Tokens

__all__ = ["DARK", "HIGH_CONTRAST", "LIGHT", "Mode", "Tokens", "apply", "mode", "tokens"]
