"""The order of a pass, decided without a line or a disk."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.sync import acts, engine
from sscard_desk.sync.acts import Place
from sscard_desk.sync.pace import SMALLEST, Pace
from sscard_desk.wire.messages import MAX_ENTRIES, MAX_PUSH_BYTES

HERE = Place("reference", "e1", 10, "e1", 10)


def after(*results: acts.Result) -> tuple[engine.Pass, acts.Act]:
    so_far, act = engine.begin()
    for result in results:
        so_far, act = engine.step(so_far, result)
    return so_far, act


def greeted(*places: Place) -> tuple[acts.Result, ...]:
    return acts.Greeted(places), acts.Pushed(0, 0, 0), acts.BlobsSent(0)


def test_everything_is_sent_before_anything_is_fetched() -> None:
    behind = replace(HERE, our_position=3)
    assert after() == (engine.Pass(), acts.SayHello())
    assert after(acts.Greeted((behind,)))[1] == acts.PushBatch()
    assert after(acts.Greeted((behind,)), acts.Pushed(500, 0, 0))[1] == acts.PushBatch()
    assert after(acts.Greeted((behind,)), acts.Pushed(0, 1, 0))[1] == acts.PushBatch()
    assert after(acts.Greeted((behind,)), acts.Pushed(0, 0, 0))[1] == acts.SendBlobs()
    assert after(acts.Greeted((behind,)), acts.Pushed(0, 0, 0), acts.BlobsSent(25))[1] == acts.SendBlobs()
    assert after(*greeted(behind))[1] == acts.PullPage(behind)


def test_entries_after_a_gap_at_the_centre_do_not_go_round_for_ever() -> None:
    so_far, act = after(acts.Greeted(()), acts.Pushed(0, 0, 40))
    assert (so_far.waiting, act) == (40, acts.SendBlobs())


def test_a_scope_far_ahead_of_another_epoch_or_behind_us_is_taken_whole() -> None:
    for place in (
        replace(HERE, head=engine.SNAPSHOT_FROM, our_epoch="", our_position=0),
        replace(HERE, our_epoch="e0"),
        replace(HERE, our_position=11),
    ):
        assert after(*greeted(place))[1] == acts.TakeSnapshot(place)


def test_a_feed_that_breaks_is_taken_whole_once_and_then_left() -> None:
    place = replace(HERE, our_position=3)
    results = (*greeted(place), acts.Broke(place))
    assert after(*results)[1] == acts.TakeSnapshot(place)
    assert after(*results, acts.Broke(place))[1] == acts.FetchBlobs()


def test_what_differs_at_the_same_position_is_taken_whole_and_named_if_that_does_not_help() -> None:
    fetched = (*greeted(HERE), acts.BlobsFetched(0))
    differs = acts.Compared((), (HERE,), journal_differs=False)
    assert after(*fetched, differs)[1] == acts.TakeSnapshot(replace(HERE, our_epoch=engine.DIFFERS))
    again = (acts.Applied(HERE, 5, whole=True), acts.BlobsFetched(0), differs)
    so_far, act = after(*fetched, differs, *again)
    assert (act, so_far.differing, so_far.proved) == (acts.Finish(), ("reference",), False)


def test_a_journal_that_differs_is_no_proof() -> None:
    so_far, act = after(*greeted(), acts.BlobsFetched(0), acts.Compared((), (), journal_differs=True))
    assert (act, so_far.differing, so_far.proved) == (acts.Finish(), ("journal",), False)


counts = st.integers(0, 3)


@given(st.data())
def test_every_pass_ends_however_the_centre_answers(data: st.DataObject) -> None:
    """A centre that keeps moving, breaking and differing is followed for a bounded number of acts."""
    names = st.sampled_from(["reference", "point:1", "persons:1"])
    places = st.builds(
        Place, names, st.sampled_from(["e1", "e2"]), st.integers(0, 9_000), st.sampled_from(["", "e1", "e2"]),
        st.integers(0, 9_000),
    )  # fmt: skip
    so_far, act = engine.begin()
    pushes = blobs = fetches = 0
    for _ in range(400):
        result: acts.Result
        match act:
            case acts.SayHello():
                result = acts.Greeted(tuple(data.draw(st.lists(places, max_size=3, unique_by=lambda p: p.scope))))
            case acts.PushBatch():
                pushes += 1
                result = acts.Pushed(data.draw(counts) if pushes < 5 else 0, 0, data.draw(counts))
            case acts.SendBlobs():
                blobs += 1
                result = acts.BlobsSent(data.draw(counts) if blobs < 5 else 0)
            case acts.FetchBlobs():
                fetches += 1
                result = acts.BlobsFetched(data.draw(counts) if fetches < 9 else 0)
            case acts.PullPage(place) | acts.TakeSnapshot(place):
                reached = replace(place, our_epoch=place.epoch, our_position=place.head)
                result = acts.Broke(place) if data.draw(st.booleans()) else acts.Applied(reached, 1)
            case acts.Compare():
                several = st.lists(places, max_size=3, unique_by=lambda p: p.scope).map(tuple)
                result = acts.Compared(data.draw(several), data.draw(several), data.draw(st.booleans()))
            case acts.Finish():
                assert not (so_far.proved and so_far.differing)
                return
        so_far, act = engine.step(so_far, result)
    raise AssertionError("the pass never ended")


def test_a_batch_halves_to_a_floor_and_grows_back_to_the_limit() -> None:
    pace = Pace()
    for _ in range(10):
        pace.halve()
    assert (pace.entries, pace.max_bytes) == (SMALLEST, MAX_PUSH_BYTES * SMALLEST // MAX_ENTRIES)
    for _ in range(10):
        pace.grow()
    assert (pace.entries, pace.max_bytes) == (MAX_ENTRIES, MAX_PUSH_BYTES)
