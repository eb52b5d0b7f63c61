"""Cut the static Noto Sans SC weights (400, 500, 600) from the variable font, for the window and for paper.

The result is one typographic family (name ids 16 and 17) with a right `usWeightClass`, so that Qt picks a weight and
never emboldens by itself, and TrueType outlines, so that reportlab can embed it.
"""

import argparse
import hashlib
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Noto Sans SC"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}
SOURCE_SHA256 = "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da"


def source() -> Path:
    """Return the variable font that the build depends on, after checking that it is the expected file."""
    path = Path(str(files("justmytype_intl_cjk"))) / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SOURCE_SHA256:
        raise SystemExit(f"{path.name}: expected {SOURCE_SHA256}, found {found}")
    return path


def cut(style: str, weight: int, target: Path) -> None:
    """Write one static instance with its names set."""
    font = instancer.instantiateVariableFont(TTFont(source()), {"wght": weight}, inplace=True)
    names = font["name"]
    for name_id, text in {
        1: f"{FAMILY} {style}", 2: "Regular", 3: f"{FAMILY} {style} static", 4: f"{FAMILY} {style}",
        6: f"NotoSansSC-{style}", 16: FAMILY, 17: style,
    }.items():
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.save(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path)
    target = parser.parse_args().target
    target.mkdir(parents=True, exist_ok=True)
    for style, weight in WEIGHTS.items():
        path = target / f"NotoSansSC-{style}.ttf"
        if not path.exists():
            cut(style, weight, path)
            print(f"cut {path.name}")


if __name__ == "__main__":
    main()
