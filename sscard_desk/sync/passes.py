"""One pass from greeting to proof: does what the engine says next."""

from collections.abc import Callable
from dataclasses import dataclass

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.ports.sync import Centre, PassStore
from sscard_desk.sync import acts, engine
from sscard_desk.sync.loading import LoadEnded, Loading, LoadWatch
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.phases import blobs, certificate, hello, proof, pull, push, snapshot
from sscard_desk.sync.signed_line import wall_clock_ms


@dataclass(frozen=True)
class PassReport:
    """What a pass did, and what both sides could prove at its end.

    Attributes:
        acknowledged: entries that the centre took in this pass.
        set_aside: entries that it did not take in this pass.
        items: feed items applied.
        blobs_sent: blobs that the centre is now known to have.
        blobs_fetched: blobs that came.
        unsent: entries without acknowledgement at the end.
        blobs_unsent: own blobs that the centre is not known to have at the end, also those that cannot be read here.
        blobs_wanted: blobs of applied entries that did not come.
        proved: whether counts and sums were the same on both sides.
        differing: scopes that differed; the word `journal` for our own.
        held: scopes whose file waits.
    """

    acknowledged: int
    set_aside: int
    items: int
    blobs_sent: int
    blobs_fetched: int
    unsent: int
    proved: bool
    differing: tuple[str, ...]
    held: tuple[str, ...] = ()
    blobs_unsent: int = 0
    blobs_wanted: int = 0

    @property
    def up_to_date(self) -> bool:
        """Whether everything of ours is there, pictures too, and everything of theirs that can be compared is here."""
        return self.proved and self.unsent == 0 and self.blobs_unsent == 0


def run_pass(
    store: PassStore,
    centre: Centre,
    pace: Pace | None = None,
    now_ms: Callable[[], int] = wall_clock_ms,
    go_on: Callable[[], bool] = lambda: True,
    *,
    hold: Callable[[], bool] = lambda: False,
    moved: Callable[[], None] = lambda: None,
    loading: Callable[[Loading], None] = lambda _at: None,
) -> PassReport:
    """Run one pass.

    Args:
        store: the desk's database.
        centre: the centre.
        pace: the size of a batch, kept from pass to pass.
        now_ms: this computer's time, milliseconds since 1970 UTC.
        go_on: asked between two acts and while a large list comes; a pass that is ended so proves nothing and loses
            nothing.
        hold: whether large lists wait; asked before one and while it comes. The pass goes on with everything else,
            and proves nothing while one waits.
        moved: called whenever something was sent, applied or came of a file, also in a pass that breaks off later.
        loading: is told some times a second how far a large list has come.

    Raises:
        CentreTrouble: the pass broke off; what was acknowledged or applied by then stays so.
        StoreTrouble: this computer's disk or database.
    """
    kept_pace = pace or Pace()

    def came(at: Loading) -> None:
        if at.part == "fetch":
            moved()  # what came of a file stays here: the next pass goes on after it
        loading(at)

    watch = LoadWatch(came, go_on, hold)
    so_far, act = engine.begin()
    try:
        while not isinstance(act, acts.Finish) and go_on():
            result = _perform(act, store, centre, kept_pace, now_ms, watch, moved)
            if acts.moved_something(result):
                moved()
            so_far, act = engine.step(so_far, result)
    except LoadEnded:
        pass  # as between two acts: nothing is proved and nothing lost
    except CentreUnreachable as silent:
        silent.waiting = store.unsent()
        raise
    waiting = store.blob_counts()
    return PassReport(
        acknowledged=so_far.acknowledged,
        set_aside=so_far.aside,
        items=so_far.items,
        blobs_sent=so_far.blobs_sent,
        blobs_fetched=so_far.blobs_fetched,
        unsent=store.unsent(),
        proved=so_far.proved,
        differing=so_far.differing,
        held=tuple(sorted(so_far.held)),
        blobs_unsent=waiting.unsent,
        blobs_wanted=waiting.wanted,
    )


def _perform(  # noqa: PLR0911, PLR0917 - one return per act, and everything that an act may need
    act: acts.Act,
    store: PassStore,
    centre: Centre,
    pace: Pace,
    now_ms: Callable[[], int],
    watch: LoadWatch,
    moved: Callable[[], None],
) -> acts.Result:
    match act:
        case acts.SayHello():
            return hello.say_hello(store, centre, now_ms)
        case acts.PushBatch():
            return push.push_journal(store, centre, pace, now_ms, go_on=watch.go_on, moved=moved)
        case acts.SendBlobs():
            return blobs.send_blobs(store, centre, pace, go_on=watch.go_on, moved=moved)
        case acts.TakeCertificate():
            return certificate.take_certificate(store, centre)
        case acts.PullPage(place):
            return pull.pull_page(store, centre, place, pace)
        case acts.TakeSnapshot(place):
            return snapshot.take_snapshot(store, centre, place, watch)
        case acts.FetchBlobs():
            return blobs.fetch_blobs(store, centre)
        case acts.Compare():
            return proof.compare(store, centre)
        case acts.Finish():
            raise AssertionError("a finished pass has no act")
