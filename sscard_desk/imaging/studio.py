"""The portrait studio: all of this package behind `ports.portrait_studio`, bound to one set of rules.

OpenCV is imported with the first picture, so that making a studio costs the window's start nothing.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sscard_desk.domain.errors.station import ExaminerFailed, ExaminerFileMissing, ExaminerFileWrong
from sscard_desk.domain.portrait import FrameMeasures, PhotoCheck, Portrait, Preview, Verdict
from sscard_desk.imaging.rules import PhotoRules
from sscard_desk.ports.portrait_examiner import PortraitExaminer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Studio:
    """Measures and portraits under one set of photo rules; to be used on the imaging lane only."""

    def __init__(self, rules: PhotoRules, examiners: Sequence[PortraitExaminer] = (), *, strict: bool = False) -> None:
        """Bind rules and second opinions.

        Args:
            rules: what the city asks for, those of the second opinions among them.
            examiners: asked of every finished portrait.
            strict: whether a second opinion that cannot be had is an error; otherwise its rules stay unmeasured, so
                that a counter whose optional file is broken still takes portraits.
        """
        self.rules = rules
        self._examiners, self._strict = tuple(examiners), strict
        self._meters = threading.local()  # one for each lane: a meter remembers its last frame

    def decode(self, content: bytes) -> "NDArray[np.uint8]":
        """See `PortraitStudio.decode`."""
        from sscard_desk.imaging.pictures import decode_picture

        return decode_picture(content)

    def measure(self, picture: "NDArray[np.uint8]") -> FrameMeasures:
        """See `PortraitStudio.measure`."""
        from sscard_desk.imaging.live import FrameMeter

        meter: FrameMeter | None = getattr(self._meters, "meter", None)
        if meter is None:
            meter = self._meters.meter = FrameMeter(self.rules.placement)
        return meter.measure(picture)

    def judge(self, measures: FrameMeasures) -> tuple[Verdict, ...]:
        """See `PortraitStudio.judge`."""
        return self.rules.judge(measures.values())

    def make(self, picture: "NDArray[np.uint8]", known: Mapping[str, float] | None = None) -> Portrait:
        """See `PortraitStudio.make`."""
        from sscard_desk.imaging.portrait import make_portrait

        return self._examined(make_portrait(picture, self.rules, known=known))

    def make_from_file(self, content: bytes, on: date, *, taken: date | None = None, strict: bool = True) -> Portrait:
        """See `PortraitStudio.make_from_file`."""
        from sscard_desk.imaging.checking import age_of
        from sscard_desk.imaging.pictures import read_picture
        from sscard_desk.imaging.portrait import make_portrait

        read = read_picture(content)
        dated = replace(read, taken=taken or read.taken)
        known = age_of(dated, on)
        made = make_portrait(read.picture, self.rules, before=read.alterations, known=known, strict=strict)
        return self._examined(made)

    def check(self, content: bytes, on: date, known: Mapping[str, float]) -> PhotoCheck:
        """See `PortraitStudio.check`."""
        from sscard_desk.imaging.checking import check_file

        return check_file(content, self.rules, on=on, known=self._second_opinions(content) | dict(known))

    def answered(self, portrait: Portrait, answers: Mapping[str, float]) -> Portrait:
        """See `PortraitStudio.answered`."""
        values = portrait.measures | dict(answers)
        return replace(portrait, measures=values, verdicts=self.rules.judge(values))

    def kept(self, picture: "NDArray[np.uint8]") -> bytes:
        """See `PortraitStudio.kept`."""
        from sscard_desk.imaging.pictures import lossless

        return lossless(picture)

    def preview(self, picture: "NDArray[np.uint8]", width: int, height: int | None = None) -> Preview:
        """See `PortraitStudio.preview`."""
        from sscard_desk.imaging.pictures import preview

        return preview(picture, width, height)

    def _examined(self, portrait: Portrait) -> Portrait:
        found = self._second_opinions(portrait.jpeg) if self._examiners else {}
        return self.answered(portrait, found) if found else portrait

    def _second_opinions(self, picture: bytes) -> dict[str, float]:
        found: dict[str, float] = {}
        for examiner in self._examiners:
            try:
                found |= examiner.measures(picture)
            except (ExaminerFileMissing, ExaminerFileWrong, ExaminerFailed):
                if self._strict:
                    raise
        return found
