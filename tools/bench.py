"""Run every benchmark under tests/benchmarks in a process of its own and print one JSON object.

Each `bench_*.py` prints one object: figures beside their limit or a peer measured in the same run. Nothing here
judges; tests never assert times.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "benchmarks"


def run(path: Path) -> object:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        return {"failed": done.returncode, "last_line": (done.stderr.strip().splitlines() or [""])[-1]}
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("only", nargs="*", help="names without bench_ and ending; all without")
    only = parser.parse_args().only
    paths = [p for p in sorted(FOLDER.glob("bench_*.py")) if not only or p.stem.removeprefix("bench_") in only]
    result: dict[str, object] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    }
    for path in paths:
        print(f"bench: {path.stem.removeprefix('bench_')}", file=sys.stderr, flush=True)
        result[path.stem.removeprefix("bench_")] = run(path)
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
