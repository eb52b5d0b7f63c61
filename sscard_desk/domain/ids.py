"""Names of things, told apart by the type checker."""

from enum import Enum
from typing import Final, NewType

ApplicationId = NewType("ApplicationId", str)
"""Key of an application, a UUIDv7 as 32 hex characters (of an older program: random ones); the subject of its journal
entries. Holds nothing personal."""

PersonKey = NewType("PersonKey", str)
"""Random key of a person in the register's cache, 32 hex characters."""

DeskId = NewType("DeskId", str)
"""What the centre calls this desk, for example `D-0231`."""

AccountId = NewType("AccountId", str)
"""What the journal calls a staff account: a random key, not a name."""

BlobId = NewType("BlobId", str)
"""SHA-256 of a kept picture, scan or signature as 64 hex characters."""

PrintId = NewType("PrintId", str)
"""Random key of one print of one form, 32 hex characters."""

EntryId = NewType("EntryId", str)
"""UUIDv7 of a journal entry as 32 hex characters."""


class Role(Enum):
    """What an account may do (process reference, "Roles")."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


_RANKS: Final = {Role.CLERK.value: 0, Role.SUPERVISOR.value: 1, Role.ADMINISTRATOR.value: 2}


def may_give(giver: str, role: str) -> bool:
    """Return whether an account of one role may give one of another its way in at a desk: never to a higher one.

    Args:
        giver: a word of `Role`; a clerk gives nobody anything.
        role: likewise; a word of a later program is higher than any.
    """
    return _RANKS.get(giver, 0) >= max(_RANKS.get(role, len(_RANKS)), 1)
