"""One demo under way: where it is, and what it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from sscard_desk.bootstrap.program import Program
from sscard_desk.domain.application import Application
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.demo_note import DemoNote
from sscard_desk.training.set_up import Tell
from sscard_desk.ui.hands import Hands, TooLong
from sscard_desk.ui.serving.serving import Serving


@dataclass
class Tour:
    """One demo: where it is, and what it leaves.

    Attributes:
        out: folder for pictures, papers and report.
        hands: at the window.
        program: the window.
        tell: is given `at STEP` when a step begins, `STEP` when it is done, `typed` or `found` for each field, and
            `writing card`.
        note: kept in the data folder; None until somebody signed in.
        steps: name and seconds of each step that was done.
        shots: pictures, relative to `out`.
    """

    out: Path
    hands: Hands
    program: Program
    tell: Tell
    note: DemoNote | None = None
    steps: list[dict[str, object]] = field(default_factory=list)
    shots: list[str] = field(default_factory=list)

    @property
    def serving(self) -> Serving:
        """Who is being served."""
        return self.program.window.bench.serving

    @property
    def application(self) -> Application | None:
        """The application in hand."""
        return self.serving.dossier.application if self.serving.dossier else None

    @property
    def store(self) -> DeskStore:
        """The desk's own database."""
        store = self.serving.counter.store
        if not isinstance(store, DeskStore):
            raise TypeError("the demo looks into the desk's own store")
        return store

    def shoot(self, name: str, *, unless: Callable[[], bool] = lambda: False) -> None:
        """Keep a picture of the window; none if `unless` holds by the time the window has settled for it."""
        path = Path("shots") / f"{len(self.shots) + 1:02d}-{name}.png"
        self.hands.picture(self.out / path)
        if unless():
            (self.out / path).unlink()
        else:
            self.shots.append(path.as_posix())

    def step(self, name: str, work: Callable[["Tour"], None]) -> None:
        """Do one step and note how long it took."""
        begun = monotonic()
        self.tell(f"at {name}")
        self.hands.begin(name)
        try:
            work(self)
        except TooLong:
            self.shoot(f"{name}-stopped")
            raise
        self.steps.append({"name": name, "seconds": round(monotonic() - begun, 2)})
        self.tell(name)
