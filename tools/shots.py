"""Photograph every screen in every named state into `out/shots`: zh and en, at 1366 x 768 at 100 % and 200 %, and at
960 x 540 logical at 200 %; some also dark and in high contrast.

Every folder of `sscard_desk/ui` with a `samples.py` takes part: `STATES` names its states, `sample(name)` gives the
window.
"""

import argparse
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parent.parent
VARIANTS = (
    ("1366x768", 1366, 768, 1),
    ("1366x768@2x", 1366, 768, 2),
    ("960x540@2x", 960, 540, 2),
)


def pages() -> list[str]:
    """Return the folders that have samples."""
    return sorted(path.parent.name for path in (ROOT / "sscard_desk/ui").glob("*/samples.py"))


def put_away(app: "QApplication") -> None:
    """Delete all windows now: without a running event loop Qt keeps what is to be deleted later for ever."""
    from PySide6.QtCore import QEvent

    for window in app.topLevelWidgets():
        window.hide()
        window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


def photograph(
    wanted: list[str], out: Path, variant: tuple[str, int, int, int], *, every_look: bool = False
) -> list[dict[str, object]]:
    """Take the pictures of one size and scale; runs in a process of its own, because Qt reads the scale once."""
    from PySide6.QtWidgets import QApplication

    from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE
    from sscard_desk.ui import fonts, motion, theme
    from sscard_desk.ui.language import speak
    from sscard_desk.ui.shell import Shell

    sys.path.insert(0, str(ROOT / "tools"))
    import component_sheet
    from cut_text import cut_texts

    app = QApplication([])
    fonts.install(app)
    motion.set_motion(wanted=False)
    name, width, height, _ = variant
    taken: list[dict[str, object]] = []
    for look in theme.Mode:
        theme.apply(app, look)
        for page in wanted:
            samples = import_module(f"sscard_desk.ui.{page}.samples")
            for at, state in enumerate(samples.STATES):
                for language in (SIMPLIFIED_CHINESE, ENGLISH):
                    once = at or language == ENGLISH or name == "960x540@2x"
                    if look is not theme.Mode.LIGHT and once and not every_look:
                        continue
                    speak(language)
                    window = samples.sample(state)
                    window.resize(width, height)
                    window.show()
                    window.activateWindow()
                    for _ in range(4):
                        if isinstance(window, Shell):
                            window.turns.finish()
                        app.processEvents()
                    suffix = "" if look is theme.Mode.LIGHT else f"-{look.value}"
                    file = out / f"{page}-{state}{suffix}-{'zh' if language == SIMPLIFIED_CHINESE else 'en'}-{name}.png"
                    window.grab().save(str(file))
                    taken.append({"file": file.name, "cut": cut_texts(window)})
                    put_away(app)
        if name != "960x540@2x":
            speak(SIMPLIFIED_CHINESE)
            sheet = component_sheet.sheet()
            for _ in range(4):
                app.processEvents()
            sheet.grab().save(str(out / f"components-{look.value}-zh-{name}.png"))
            put_away(app)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "out/shots")
    parser.add_argument("--page", action="append", help="only these pages")
    parser.add_argument("--every-look", action="store_true", help="each state also dark and in high contrast")
    parser.add_argument("--child", type=int)
    options = parser.parse_args()
    wanted = options.page or pages()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.child is not None:
        taken = photograph(wanted, options.out, VARIANTS[options.child], every_look=options.every_look)
        print(json.dumps(taken, ensure_ascii=False))
        return
    cut = 0
    for at, variant in enumerate(VARIANTS):
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(variant[3])}
        command = [sys.executable, __file__, "--out", str(options.out), "--child", str(at)]
        command += [word for page in wanted for word in ("--page", page)]
        command += ["--every-look"] if options.every_look else []
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode:
            raise SystemExit(done.stderr)
        for picture in json.loads(done.stdout.splitlines()[-1]):
            for text in picture["cut"]:
                cut += 1
                print(f"{picture['file']}: cut text: {text}")
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}, {cut} cut texts")


if __name__ == "__main__":
    main()
