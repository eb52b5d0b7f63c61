"""Which files on a stick are for this side, in the order in which they are brought in."""

from collections.abc import Iterable
from pathlib import Path

from sscard_desk.domain.errors.stick import StickDamaged, StickMissing, StickNewer
from sscard_desk.wire.stick.header import SUFFIX, StickHeader, Way
from sscard_desk.wire.stick.reading import StickFile


def found(places: Iterable[Path], way: Way, centre: bytes, desk: str = "") -> list[Path]:
    """Return files in the order of their desks, series and parts.

    Args:
        places: files, which are all returned, and folders, of which only what is for this side is.
        way: in which direction the files go.
        centre: raw public key of the centre's receipts.
        desk: whose; any desk's if empty.

    Raises:
        StickMissing: a place is not there, or a folder has nothing for this side.
        StickDamaged, StickNewer: a file that was named.
    """
    chosen: list[StickFile] = []
    for place in places:
        if not place.is_dir():
            chosen.append(StickFile.read(place))
            continue
        here = [file for path in sorted(place.glob(f"*{SUFFIX}")) if (file := _readable(path)) is not None]
        fitting = [file for file in here if _is_for(file.header, way, centre, desk)]
        if not fitting:
            raise StickMissing
        chosen += fitting
    return [file.path for file in sorted(chosen, key=lambda file: _order(file.header))]


def _readable(path: Path) -> StickFile | None:
    try:
        return StickFile.read(path)
    except (StickDamaged, StickNewer):
        return None  # somebody else's file may end like ours; one that is named is told about


def _is_for(header: StickHeader, way: Way, centre: bytes, desk: str) -> bool:
    return header.way == way and header.centre == centre and desk in {"", header.desk}


def _order(header: StickHeader) -> tuple[str, int, int]:
    return header.desk, header.series, header.part
