"""Make everything that `make run` and `make test` need: system packages, `.venv`, fonts and models.

Runs on the system's own Python 3.11 or newer with nothing installed; does only what is not done yet.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
BUILT = ROOT / "resources" / "built"


def say(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr, flush=True)


def call(*command: str | Path) -> None:
    done = subprocess.run([str(word) for word in command], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"setup: {Path(str(command[0])).name} ended with {done.returncode}; see the lines above")


def installed(name: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True, check=False)
    return "install ok installed" in asked.stdout


def missing_packages(groups: list[str]) -> list[list[str]]:
    table = tomllib.loads((ROOT / "tools" / "system_packages.toml").read_text(encoding="utf-8"))
    wanted = [entry.split("|") for group in groups for entry in table[group]]
    return [names for names in wanted if not any(installed(name) for name in names)]


def known_name(names: list[str]) -> str:
    for name in names:
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if shown.returncode == 0 and shown.stdout:
            return name
    return names[0]


def system_packages(groups: list[str]) -> None:
    if not shutil.which("dpkg-query"):
        if os.name != "nt" and sys.platform != "darwin":
            say("not a Debian or Ubuntu system: see tools/system_packages.toml for what Qt, PC/SC and the tests need")
        return
    missing = missing_packages(groups)
    if not missing:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False) if shutil.which("sudo") else None
    may = not prefix or (asked is not None and asked.returncode == 0)
    if not may:
        names = " ".join(names[0] for names in missing)
        raise SystemExit(
            f"setup: these system packages are missing, and only root can install them:\n\n"
            f"    sudo apt-get install --no-install-recommends {names}\n"
        )
    say(f"installing {len(missing)} system packages")
    call(*prefix, "apt-get", "update", "-q")
    names = [known_name(names) for names in missing]
    call(
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
        *names,
    )


def lock_file() -> Path:
    return ROOT / "requirements" / ("windows.txt" if os.name == "nt" else "linux.txt")


def environment() -> None:
    lock = hashlib.sha256(lock_file().read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "lock.sha256"
    if stamp.exists() and stamp.read_text(encoding="ascii") == lock and PYTHON.exists():
        return
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    say("installing the locked packages")
    call(PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock_file())
    call(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "-e", ".")
    stamp.write_text(lock, encoding="ascii")


def assets() -> None:
    call(PYTHON, "tools/build_fonts.py", BUILT / "fonts")
    call(PYTHON, "tools/build_models.py")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--for", dest="purpose", choices=["run", "test"], default="run")
    purpose = parser.parse_args().purpose
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs on whatever Python the system has
        raise SystemExit(f"setup: Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    system_packages(["window", "cards"] + (["tests"] if purpose == "test" else []))
    environment()
    assets()


if __name__ == "__main__":
    main()
