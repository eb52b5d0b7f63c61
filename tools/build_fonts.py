"""Cut the static Noto Sans SC weights (400, 500, 600) from the variable font, for the window and for paper.

The result is one typographic family (name ids 16 and 17) with a right `usWeightClass`, so that Qt picks a weight and
never emboldens by itself, and TrueType outlines, so that reportlab can embed it. Beside it stand the characters of
Noto Sans TC and JP that SC lacks, about 2,000 of them beyond the BMP (𠮷 for one), for names that need them.
"""

import argparse
import hashlib
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FIRST_IDEOGRAPH = 0x2E80
FAMILY = "Noto Sans SC"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}
RARE = {
    "TC": "864727d210d54f2537bbe23b3a839436c3992af72de9322af5270897246bd44f",
    "JP": "c2f3b4d463500a2ddcd3849cded1fceeb9fd6d1c32e6cbecd568453ba50fc68f",
}
"""Where rare characters come from, in this order, with the file's SHA-256."""
SOURCE_SHA256 = "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da"


def source(region: str = "SC", expected: str = SOURCE_SHA256) -> Path:
    """Return a variable font that the build depends on, after checking that it is the expected file."""
    folder = Path(str(files("justmytype_intl_cjk"))) / "fonts/ofl"
    path = folder / f"notosans{region.lower()}" / f"NotoSans{region}[wght].ttf"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise SystemExit(f"{path.name}: expected {expected}, found {found}")
    return path


def cut(style: str, weight: int, target: Path) -> None:
    """Write one static instance with its names set."""
    font = instancer.instantiateVariableFont(TTFont(source()), {"wght": weight}, inplace=True)
    names = font["name"]
    for name_id, text in {
        1: f"{FAMILY} {style}",
        2: "Regular",
        3: f"{FAMILY} {style} static",
        4: f"{FAMILY} {style}",
        6: f"NotoSansSC-{style}",
        16: FAMILY,
        17: style,
    }.items():
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.save(target)


def cut_rare(target: Path) -> None:
    """Write, for each region, the ideographs that Noto Sans SC and the regions before it lack, at weight 400."""
    if all((target / f"NotoSansRare{region}-Regular.ttf").exists() for region in RARE):
        return
    known = set(TTFont(source()).getBestCmap())
    for region, sha256 in RARE.items():
        font = TTFont(source(region, sha256))
        new = {point for point in font.getBestCmap() if point not in known and point >= FIRST_IDEOGRAPH}
        known |= new
        path = target / f"NotoSansRare{region}-Regular.ttf"
        options = Options(layout_features=[], notdef_outline=True, name_IDs=["*"], glyph_names=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=new | {0x20})
        subsetter.subset(font)
        instancer.instantiateVariableFont(font, {"wght": WEIGHTS["Regular"]}, inplace=True)
        names = font["name"]
        for name_id in (16, 17, 25):
            names.removeNames(nameID=name_id)
        for name_id, text in {
            1: f"Noto Sans Rare {region}",
            4: f"Noto Sans Rare {region}",
            6: f"NotoSansRare{region}",
        }.items():
            names.removeNames(nameID=name_id)
            names.setName(text, name_id, 3, 1, 0x409)
        font.save(path)
        print(f"cut {path.name}: {len(new)} characters")


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
    cut_rare(target)


if __name__ == "__main__":
    main()
