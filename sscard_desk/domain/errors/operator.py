"""E1xx, what whoever works at this counter can put right.

Ranges: 100-109 numbers and values, 110-119 forms, 120-139 steps, sign-off and stock, 140-149 pictures,
150-159 settings and command line, 160-169 accounts and sessions, 181-189 forms that come back on paper.
"""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class NumberLengthWrong(OperatorCanFix):
    """An id number has too few or too many characters."""

    code: ClassVar[str] = "E101"
    have: int
    need: int


@dataclass(eq=False)
class CheckDigitWrong(OperatorCanFix):
    """The last character of an id number does not fit the first seventeen (GB 11643-1999)."""

    code: ClassVar[str] = "E102"
    expected: str


@dataclass(eq=False)
class NumberMalformed(OperatorCanFix):
    """An id number holds a character, region or birth date that cannot be. `part` names which."""

    code: ClassVar[str] = "E103"
    part: str


@dataclass(eq=False)
class ApplicationNumberMalformed(OperatorCanFix):
    """What was typed or scanned is no application number: other than 14 digits, hyphens aside."""

    code: ClassVar[str] = "E105"


@dataclass(eq=False)
class UnknownCode(OperatorCanFix):
    """A code does not stand in its table."""

    code: ClassVar[str] = "E104"
    table: str
    value: str


@dataclass(eq=False)
class FormDefinitionWrong(OperatorCanFix):
    """A form definition breaks its schema; the position is exact.

    Attributes:
        file: folder and name.
        line: counted from 1; 0 where the file is not there.
        field: path of the key, for example `field[12].type`.
        reason: a word of `definition.toml` (`unknown_key`), or a sign that reads in every language.
        details: what the sentence of this reason fills in.
        item: id of the field, section, check or paragraph in which the key stands, if it has one.
        problems: how many problems the definition has in all; this one is the first.
    """

    code: ClassVar[str] = "E111"
    file: str
    line: int
    field: str
    reason: str
    details: tuple[tuple[str, str], ...] = ()
    item: str = ""
    problems: int = 1


@dataclass(eq=False)
class FormIncomplete(OperatorCanFix):
    """A form cannot be issued while fields are missing or wrong."""

    code: ClassVar[str] = "E112"
    fields: tuple[str, ...]


@dataclass(eq=False)
class CharacterNotDrawable(OperatorCanFix):
    """A form holds a character that no font here can draw; `fields` names where, never which character."""

    code: ClassVar[str] = "E113"
    fields: tuple[str, ...]


@dataclass(eq=False)
class TextDoesNotFit(OperatorCanFix):
    """An answer is too long for its place on the paper even in the smallest readable type."""

    code: ClassVar[str] = "E114"
    fields: tuple[str, ...]


@dataclass(eq=False)
class DefinitionsWrong(OperatorCanFix):
    """Some of the form definitions that were checked break their schema."""

    code: ClassVar[str] = "E115"
    wrong: int
    total: int
    problems: int


@dataclass(eq=False)
class FormUnknown(OperatorCanFix):
    """There is no form of this name, and no folder with a definition either."""

    code: ClassVar[str] = "E116"
    name: str


@dataclass(eq=False)
class EditionUnknown(OperatorCanFix):
    """This edition of a form is not on this computer: it neither came with the program nor through the feed."""

    code: ClassVar[str] = "E117"
    form: str
    edition: str


@dataclass(eq=False)
class AnswersUnreadable(OperatorCanFix):
    """A file of answers cannot be read as TOML or JSON, or holds something else than texts by field."""

    code: ClassVar[str] = "E118"
    line: int


@dataclass(eq=False)
class EditionTaken(OperatorCanFix):
    """An edition was published before with other content; signatures are bound to it, so it never changes."""

    code: ClassVar[str] = "E119"
    form: str
    edition: str


@dataclass(eq=False)
class StepNotAllowed(OperatorCanFix):
    """The application is not at a step from which this act is possible."""

    code: ClassVar[str] = "E120"
    act: str
    step: str


@dataclass(eq=False)
class OwnApplication(OperatorCanFix):
    """Who took an application in does not sign it off."""

    code: ClassVar[str] = "E121"


@dataclass(eq=False)
class SignatureVoid(OperatorCanFix):
    """A signature belongs to other content than what stands in the application now."""

    code: ClassVar[str] = "E122"
    party: str


@dataclass(eq=False)
class AlreadyOpen(OperatorCanFix):
    """An application for this person is open already."""

    code: ClassVar[str] = "E123"
    application_no: str


@dataclass(eq=False)
class RoleMissing(OperatorCanFix):
    """The account that is signed in may not do this."""

    code: ClassVar[str] = "E124"
    role: str


@dataclass(eq=False)
class ApplicationUnknown(OperatorCanFix):
    """No application has this number here."""

    code: ClassVar[str] = "E125"


@dataclass(eq=False)
class NotOurBlank(OperatorCanFix):
    """The card in the reader is not a blank of this desk's stock."""

    code: ClassVar[str] = "E126"


@dataclass(eq=False)
class CardAlreadyWritten(OperatorCanFix):
    """The card in the reader carries a holder's data already."""

    code: ClassVar[str] = "E127"


@dataclass(eq=False)
class StockEmpty(OperatorCanFix):
    """No blank card, or no card number of the lent range, is left."""

    code: ClassVar[str] = "E128"


@dataclass(eq=False)
class WrongCardPutBack(OperatorCanFix):
    """Another card lies in the reader than the one whose writing began."""

    code: ClassVar[str] = "E129"


@dataclass(eq=False)
class ReasonMissing(OperatorCanFix):
    """An exception, a deferral or sending back needs a reason in words."""

    code: ClassVar[str] = "E130"


@dataclass(eq=False)
class EvidenceMissing(OperatorCanFix):
    """A signature came without strokes and without a scan."""

    code: ClassVar[str] = "E131"


@dataclass(eq=False)
class WitnessNeeded(OperatorCanFix):
    """A thumb print is witnessed by somebody else than who takes it."""

    code: ClassVar[str] = "E138"


@dataclass(eq=False)
class NotAllowedHere(OperatorCanFix):
    """The data of this service point do not allow this act."""

    code: ClassVar[str] = "E132"


@dataclass(eq=False)
class PictureUnreadable(OperatorCanFix):
    """A file is not a picture that can be read."""

    code: ClassVar[str] = "E141"


@dataclass(eq=False)
class PictureTooSmall(OperatorCanFix):
    """A picture has too few pixels around the face for the card."""

    code: ClassVar[str] = "E142"
    have: int
    need: int


@dataclass(eq=False)
class PhotoSizeUnreachable(OperatorCanFix):
    """No JPEG quality gives a file inside the allowed size."""

    code: ClassVar[str] = "E143"
    smallest: int
    largest: int


@dataclass(eq=False)
class SettingUnknown(OperatorCanFix):
    """A name in desk.toml is unknown; `nearest` is the closest known one."""

    code: ClassVar[str] = "E151"
    name: str
    nearest: str


@dataclass(eq=False)
class SettingWrong(OperatorCanFix):
    """A value in desk.toml cannot be used."""

    code: ClassVar[str] = "E152"
    name: str
    reason: str


@dataclass(eq=False)
class UsageWrong(OperatorCanFix):
    """A verb of the command line was called with wrong words."""

    code: ClassVar[str] = "E153"
    reason: str


@dataclass(eq=False)
class NeedsTraining(OperatorCanFix):
    """This act exists in training mode only."""

    code: ClassVar[str] = "E154"
    act: str


@dataclass(eq=False)
class FolderNotEmpty(OperatorCanFix):
    """The data folder holds something already."""

    code: ClassVar[str] = "E155"


@dataclass(eq=False)
class ServicePointUnknown(OperatorCanFix):
    """The centre has no service point of this code."""

    code: ClassVar[str] = "E157"
    point: str


@dataclass(eq=False)
class AddressTaken(OperatorCanFix):
    """The server cannot listen at this address: another program does, or this computer does not have it."""

    code: ClassVar[str] = "E158"
    address: str


@dataclass(eq=False)
class PasswordWrong(OperatorCanFix):
    """Account or password does not fit. `tries_left` counts down to a pause."""

    code: ClassVar[str] = "E161"
    retry_helps: ClassVar[bool] = True
    tries_left: int


@dataclass(eq=False)
class AccountPaused(OperatorCanFix):
    """Too many wrong passwords on this computer; wait."""

    code: ClassVar[str] = "E162"
    seconds: int


@dataclass(eq=False)
class PasswordTooShort(OperatorCanFix):
    """A new password is too short."""

    code: ClassVar[str] = "E163"
    need: int


@dataclass(eq=False)
class SignInNeeded(OperatorCanFix):
    """Nobody is signed in."""

    code: ClassVar[str] = "E164"


@dataclass(eq=False)
class AccountUnknown(OperatorCanFix):
    """No account of this name has a key slot here."""

    code: ClassVar[str] = "E165"


@dataclass(eq=False)
class AccountExists(OperatorCanFix):
    """An account of this name has a key slot here already."""

    code: ClassVar[str] = "E166"


@dataclass(eq=False)
class CharacterNotOnCard(OperatorCanFix):
    """A name holds a character that the card's code (GBK) does not have. `position` counts from 1."""

    code: ClassVar[str] = "E107"
    position: int


@dataclass(eq=False)
class NameTooLongForCard(OperatorCanFix):
    """A name needs more bytes in GBK than name and name extension of this card hold together."""

    code: ClassVar[str] = "E108"
    have: int
    need: int


@dataclass(eq=False)
class SystemPackagesMissing(OperatorCanFix):
    """A part of the system that training mode starts is not installed. `packages` are Debian names."""

    code: ClassVar[str] = "E156"
    packages: tuple[str, ...]


@dataclass(eq=False)
class NoDisplay(OperatorCanFix):
    """The window was asked for where no screen can be reached."""

    code: ClassVar[str] = "E159"


@dataclass(eq=False)
class ScanUnreadable(OperatorCanFix):
    """A scan is no picture or PDF that can be read: another kind of file, cut short, locked, or far too large."""

    code: ClassVar[str] = "E181"


@dataclass(eq=False)
class NoFormOnPage(OperatorCanFix):
    """A scanned side shows none of our forms: blank, or something else. `sheet` counts from 1."""

    code: ClassVar[str] = "E182"
    sheet: int


@dataclass(eq=False)
class FormCodesTorn(OperatorCanFix):
    """A scanned side has the lines of one of our forms, but neither of its codes can be read."""

    code: ClassVar[str] = "E183"
    sheet: int


@dataclass(eq=False)
class FormKindUnknown(OperatorCanFix):
    """A scanned form is of a kind that is not here; `letter` is what serials call it."""

    code: ClassVar[str] = "E184"
    letter: str


@dataclass(eq=False)
class FormOfOtherPoint(OperatorCanFix):
    """A form was printed at another service point. `point` is the code in its number."""

    code: ClassVar[str] = "E185"
    point: str


@dataclass(eq=False)
class FormOfOtherApplication(OperatorCanFix):
    """A form belongs to another application than the one in hand."""

    code: ClassVar[str] = "E186"
    application_no: str


@dataclass(eq=False)
class PageScannedTwice(OperatorCanFix):
    """A page of this form is among the scans already."""

    code: ClassVar[str] = "E187"
    page: int


@dataclass(eq=False)
class FormCopyOld(OperatorCanFix):
    """A form is not the copy that was printed last."""

    code: ClassVar[str] = "E188"
    copy: int
    last: int


@dataclass(eq=False)
class FormNotStraightened(OperatorCanFix):
    """A scanned form's printed lines do not lie as its layout says: crumpled, cut off, or a photo at an angle."""

    code: ClassVar[str] = "E189"
    sheet: int
