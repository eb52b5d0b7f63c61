"""Status byte SW3 of a SAM-V module (domain reference B.2)."""

from enum import IntEnum


class Status(IntEnum):
    """What the module says of a command."""

    OK = 0x90
    NO_SUCH_ITEM = 0x91
    CARD_FOUND = 0x9F
    PORT_OPEN_FAILED = 0x01
    RECEIVE_TIMEOUT = 0x02
    TRANSMISSION_ERROR = 0x03
    SAM_PORT_UNUSABLE = 0x05
    OPEN_FILE_FAILED = 0x09
    CHECKSUM_FROM_HOST = 0x10
    LENGTH_FROM_HOST = 0x11
    COMMAND_ERROR = 0x21
    NO_PERMISSION = 0x23
    UNKNOWN_ERROR = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    VERIFICATION_FAILED = 0x33
    FINGERPRINT_VERIFICATION = 0x37
    INFORMATION_LENGTH = 0x3F
    UNKNOWN_CARD_TYPE = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    SAM_UNAUTHORISED = 0x66
    FIND_FAILED = 0x80
    SELECT_FAILED = 0x81


NO_CARD_IN_PLACE = frozenset({Status.FIND_FAILED, Status.SELECT_FAILED, Status.READ_FAILED})
"""The card does not lie there, lies askew or was lifted in between: laying it again helps, nothing is broken."""
