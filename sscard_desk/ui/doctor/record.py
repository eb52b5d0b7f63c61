"""What one device was like during the last hour. No Qt."""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

from sscard_desk.ports.devices import DeviceState
from sscard_desk.ui.doctor.state import Happened, Stretch
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words, message_of, say

HOUR: Final = timedelta(hours=1)
_KEPT: Final = 12  # happenings that the page shows at most


class Record:
    """The changes of one device's state, oldest first; older than an hour only the last one is kept."""

    def __init__(self) -> None:
        self._changes: deque[tuple[datetime, Mark]] = deque()
        self._happened: deque[Happened] = deque(maxlen=_KEPT)
        self.state: DeviceState | None = None

    def note(self, state: DeviceState, mark: Mark, when: datetime) -> bool:
        """Note how the device is, and how that looks; return whether that is news."""
        before = self.state
        self.state = state
        trouble, known = state.trouble, before.trouble if before else None
        news = before is None or before.health is not state.health or type(trouble) is not type(known)
        if news:
            self._changes.append((when, mark))
            if before is not None or trouble is not None:
                words: Words = message_of(trouble) if trouble else say(f"doctor.became_{state.health.value}")
                self._happened.appendleft(Happened(when, mark, words))
        while len(self._changes) > 1 and self._changes[1][0] <= when - HOUR:
            self._changes.popleft()
        return news

    def hour(self, now: datetime) -> tuple[Stretch, ...]:
        """Return the last hour in stretches; the time before the first look counts to the first state."""
        if not self._changes:
            return ()
        stretches: list[Stretch] = []
        begun = now - HOUR
        ends = [when for when, _ in list(self._changes)[1:]] + [now]
        for end, (_, mark) in zip(ends, self._changes, strict=True):
            share = max(timedelta(), end - begun) / HOUR
            if share > 0:
                stretches.append(Stretch(share, mark))
            begun = max(begun, end)
        return tuple(stretches)

    def happened(self) -> tuple[Happened, ...]:
        """Return what happened, newest first."""
        return tuple(self._happened)
