"""Everything that can go wrong, as types. Code ranges stand in the modules of the families."""

from sscard_desk.domain.errors.base import (
    CardholderCanFix,
    CentreTrouble,
    DeskError,
    DeviceTrouble,
    OperatorCanFix,
    StoreTrouble,
)

__all__ = ["CardholderCanFix", "CentreTrouble", "DeskError", "DeviceTrouble", "OperatorCanFix", "StoreTrouble"]
