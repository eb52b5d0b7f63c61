"""`photo check | conform`: a picture file held against the photo rules, and the portrait made of it."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sscard_desk.cli.verb import Result, Verb
from sscard_desk.imaging.rules import USUAL, load_rules, rule_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sscard_desk.domain.portrait import Verdict
    from sscard_desk.imaging.rules import PhotoRules
    from sscard_desk.imaging.studio import Studio
    from sscard_desk.texts import Catalogue

LARGEST_FILE: Final = 40 * 1024 * 1024
ANSWERS: Final = {"yes": 0.0, "no": 1.0}
"""`--bare-headed` asks the other way round than the rule: its value 1 is a covered head."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JPEG, PNG or BMP")
    parser.add_argument("--rules", choices=rule_sets(), default=USUAL, help=f"set of rules; {USUAL} if left out")
    parser.add_argument("--bare-headed", choices=sorted(ANSWERS), help="the answer to what only a person can see")
    parser.add_argument("--taken", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day, where the file says none")
    parser.add_argument("--yunet", type=Path, metavar="ONNX", help="count the faces by this YuNet model too")
    parser.add_argument("--ofiq", type=Path, metavar="PROGRAM", help="ask OFIQ's sample program too; with --ofiq-data")
    parser.add_argument("--ofiq-data", type=Path, default=Path(), metavar="FOLDER", help="with ofiq_config.jaxn")
    parser.add_argument("--born", type=date.fromisoformat, metavar="YYYY-MM-DD", help="says whether a photo is needed")


def conform_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `photo conform`."""
    _arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help="where the portrait is written, readable by you alone")


def check(words: argparse.Namespace) -> Result:
    """Measure a file as it stands."""
    studio, today = _studio(words), _today()
    rules = studio.rules
    found = studio.check(_read(words.file), today, _known(words, today))
    return {
        "rules_name": rules.key,
        "edition": rules.edition,
        "faces": found.faces,
        "accepted": found.acceptable and found.faces == 1,
        "exempt": _exempt(words, rules, today),
        "notes": [_texts()(f"photo.note.{note}") for note in found.notes],
        "rules": _rules(found.verdicts),
    }


def conform(words: argparse.Namespace) -> Result:
    """Make the portrait and measure what was made."""
    from sscard_desk.disk import write_whole

    studio, today = _studio(words), _today()
    rules = studio.rules
    made = studio.answered(studio.make_from_file(_read(words.file), today, strict=False), _known(words, today))
    write_whole(words.out, [made.jpeg])
    return {
        "rules_name": rules.key,
        "edition": rules.edition,
        "out": str(words.out),
        "bytes": len(made.jpeg),
        "accepted": made.acceptable,
        "exempt": _exempt(words, rules, today),
        "alterations": list(made.alterations),
        "rules": _rules(made.verdicts),
    }


def _studio(words: argparse.Namespace) -> "Studio":
    """Return what measures; a second opinion that was asked for and cannot be had is an error here."""
    from sscard_desk.bootstrap.portrait_examiners import make_examiners, with_examiners
    from sscard_desk.bootstrap.settings import PortraitExaminerSettings
    from sscard_desk.imaging.studio import Studio

    named = PortraitExaminerSettings(str(words.yunet or ""), str(words.ofiq or ""), str(words.ofiq_data))
    examiners = make_examiners(named, Path.cwd())
    return Studio(with_examiners(load_rules(words.rules), examiners), examiners, strict=True)


def _rules(verdicts: "Sequence[Verdict]") -> list[Result]:
    texts = _texts()
    return [
        {
            "rule": verdict.rule,
            "name": texts(f"photo.rule.{verdict.rule}"),
            "value": verdict.value,
            "limit": {"minimum": _number(verdict.minimum), "maximum": _number(verdict.maximum)},
            "unit": verdict.unit,
            "verdict": verdict.grade.value,
            "advice": texts(verdict.advice) if verdict.advice else "",
        }
        for verdict in verdicts
    ]


def _number(limit: float | None) -> float | None:
    return None if limit is None else float(limit)


def _known(words: argparse.Namespace, today: date) -> dict[str, float]:
    known: dict[str, float] = {}
    if words.bare_headed:
        known["head_covering"] = ANSWERS[words.bare_headed]
    if words.taken:
        known["photo_age"] = float((today - words.taken).days)
    return known


def _exempt(words: argparse.Namespace, rules: "PhotoRules", today: date) -> bool | None:
    return None if words.born is None else rules.exempts(words.born, today)


def _read(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        PictureUnreadable: it cannot be read, or is far too large for a photograph.
    """
    from sscard_desk.domain.errors.operator import PictureUnreadable

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PictureUnreadable
        return path.read_bytes()
    except OSError:
        raise PictureUnreadable from None


def _today() -> date:
    from sscard_desk.store.clock import DeskClock

    return DeskClock().now().date()


def _texts() -> "Catalogue":
    from sscard_desk.cli.spoken import language_here
    from sscard_desk.texts import Catalogue

    return Catalogue(language_here())


VERBS = (
    Verb("photo check", "hold a picture file against the photo rules", check, _arguments),
    Verb("photo conform", "make the portrait of a picture file", conform, conform_arguments),
)
