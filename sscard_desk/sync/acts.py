"""The acts of a pass and what comes of each: values only, for the engine to decide on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A scope: where the centre stands and where we are."""

    scope: str
    epoch: str
    head: int
    our_epoch: str
    our_position: int


@dataclass(frozen=True)
class SayHello:
    """Hear the centre's time and where each scope stands."""


@dataclass(frozen=True)
class PushBatch:
    """Send what waits of the journal."""


@dataclass(frozen=True)
class SendBlobs:
    """Send the pictures and scans that wait."""


@dataclass(frozen=True)
class TakeCertificate:
    """Ask for a certificate: there is none yet, or it has to be renewed."""


@dataclass(frozen=True)
class PullPage:
    """Fetch and apply the next page of a scope."""

    place: Place


@dataclass(frozen=True)
class TakeSnapshot:
    """Replace a scope by its file."""

    place: Place


@dataclass(frozen=True)
class FetchBlobs:
    """Fetch pictures that applied entries refer to."""


@dataclass(frozen=True)
class Compare:
    """Hold both sides' counts and sums against each other."""


@dataclass(frozen=True)
class Finish:
    """The pass is over."""


Act = SayHello | PushBatch | SendBlobs | TakeCertificate | PullPage | TakeSnapshot | FetchBlobs | Compare | Finish


@dataclass(frozen=True)
class Greeted:
    """Every scope that the centre lets us read, with our place in it; whether a certificate is to be asked for."""

    places: tuple[Place, ...]
    certificate_due: bool = False


@dataclass(frozen=True)
class Pushed:
    """What became of entries: acknowledged, set aside, or not yet due because the centre holds less than we thought."""

    acknowledged: int
    aside: int
    waiting: int

    @property
    def sent(self) -> int:
        """How many entries went over the line."""
        return self.acknowledged + self.aside + self.waiting

    def __add__(self, other: "Pushed") -> "Pushed":
        return Pushed(self.acknowledged + other.acknowledged, self.aside + other.aside, self.waiting + other.waiting)


@dataclass(frozen=True)
class BlobsSent:
    """How many blobs the centre is now known to have."""

    count: int


@dataclass(frozen=True)
class CertificateTaken:
    """The certificate is here and shown."""


@dataclass(frozen=True)
class Applied:
    """A page or a snapshot stands in our tables."""

    place: Place
    items: int
    whole: bool = False


@dataclass(frozen=True)
class Broke:
    """A scope's feed does not fit what we have."""

    place: Place


@dataclass(frozen=True)
class Held:
    """A scope's file waits: something goes before it, or somebody told it to. What came of it so far is kept."""

    place: Place


@dataclass(frozen=True)
class BlobsFetched:
    """How many blobs came."""

    count: int


@dataclass(frozen=True)
class Compared:
    """Scopes where the centre has gone on meanwhile, and scopes (or our journal) where both sides differ."""

    behind: tuple[Place, ...]
    differing: tuple[Place, ...]
    journal_differs: bool


Result = Greeted | Pushed | BlobsSent | CertificateTaken | Applied | Broke | Held | BlobsFetched | Compared


def moved_something(result: Result) -> bool:
    """Return whether an act brought something across the line."""
    match result:
        case Pushed():
            return result.acknowledged + result.aside > 0
        case BlobsSent(count) | BlobsFetched(count):
            return count > 0
        case Applied():
            return result.items > 0 or result.whole
        case _:
            return False
